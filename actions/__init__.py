"""The conversation: what was said becomes a draft, the draft decides what comes next, the scheduler does it.

    turn, facts, catalogue      what a message says, and what may be relied on besides
    draft                       all that is known, kept as JSON between two messages
    understanding               understood(draft, turn, facts): the draft after one more message, by means of
                                telling, timing, choosing, moving, changing (parts of a message), acts and
                                asked (what it does), asking and inviting (what words alone ask for), yesno
                                (what the words of an answer add to that)
    steps                       next_step(draft, act, facts): what to do about it
    desk                        carries out steps, by means of finding (with searching, whatif), booking,
                                asides and answers; errands (with managing, securing, mails, guests, hosts,
                                hostdays) for those who prove who they are, takeback, and returning to what
                                waited; handover to a person
    smalltalk                   what is answered in a sentence, and what such a message says besides
    questions, remarking        what is said, as
    replies                     names of responses and values, which
    voice                       fills with the phrases of the domain
    introducing                 who writes, where the channel says so
    conversation, session       the actions that Rasa calls, on
    base, services              the ground they stand on

No sentence stands here: every one comes from a response in `domain.yml`.
"""
