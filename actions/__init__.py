"""The conversation: what was said becomes a draft, the draft decides what comes next, the scheduler does it.

    turn            what Rasa hands over, as a value
    catalogue       who can be booked for what
    draft           all that is known, kept as JSON between two messages
    understanding   understood(draft, turn, facts): the draft after one more message
    steps           next_step(draft, act, facts): what to do about it
    searching       which times to offer, and why not the one that was wanted
    performing      carries a step out with the scheduler
    replies         what is said, as names of responses and values
    conversation    the actions that Rasa calls

No sentence stands here: every one comes from a response in `domain.yml`.
"""
