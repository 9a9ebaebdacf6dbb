"""English words that are no names, as data; pure."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words("""
    a an the in on at to from for with and or but not no so very here there just also still looking
    interested free available busy sorry sure happy glad fine good ok okay great well ill sick late
    early trying calling writing wondering hoping afraid back away out off new going coming having using
    is are was be been would could should can may might must will shall do does did have has had i you
    he she it we they me my your his her our their this that these those what when where who why how
    which please thanks thank hello hi hey yes yeah yep nope about around after before until by next
    last today tomorrow tonight morning afternoon evening noon week weekend month year day days monday
    tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec appointment meeting call slot booking time times zoom phone email
    mail video google meet teams jitsi person anyone anybody someone whoever everyone either both one
    two three first second third other another different same earlier later earliest latest soon asap
    possible minutes minute hour hours half quarter am pm book schedule reschedule cancel change move
    need want like get make take set consultation intro introduction examination exam checkup check only
    than then if because since as of all any some more most it's i'm that's don't can't isn't alright
    right cool perfect stop help nothing never mind robot bot human agent start over menu patient
    customer client student doctor working traveling travelling based located flexible open confused
    lost done ready waiting able unable wait maybe perhaps really actually zero four five six seven
    eight nine ten eleven twelve fifteen twenty thirty forty fifty
""")
"""Words that end a name, or show that none begins."""

CALENDAR = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december summer spring autumn winter mark will
""")
"""Words that are names and something else: names only where the sentence makes them so."""

NO_PERSON = _words("""
    pleasure regards us him camera everything them best skype webex whatsapp facetime up respect
    reference regard care link details confirmation awesome nice lovely excellent wonderful brilliant
    super fantastic sounds works correct confirmed exactly absolutely definitely certainly agreed deal
    hiya greetings bye goodbye cheers ciao welcome huh hmm hm lol haha wow oh ah um test testing again
    alternatives options undo resend status list show tell give let see whatever neither none exit quit
    reset restart abort finished dentist haircut massage lawyer follow-up check-up followup session
    appointments bookings meetings pizza weather joke news music love hate yup yea ya yah sir madam okey
    dokey continue proceed christmas easter thanksgiving eve holiday holidays weekends weekdays whenever
    online remote remotely office personally anywhere somewhere mr mrs ms dr prof whom anything something
    mornings afternoons evenings nights
""")
"""More words that follow "with" or stand alone and are nobody to be met."""
