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
    january february march april june july august september october november december feb apr
    jul aug sep sept oct nov dec appointment meeting call slot booking time times zoom phone email
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
    august september october november december jan mar jun summer spring autumn winter mark will
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
    online remote remotely office personally anywhere somewhere mr mrs ms dr prof whom anything
    something mornings afternoons evenings nights got gotten been be
""")
"""More words that follow "with" or stand alone and are nobody to be met."""


DAYS_AND_MONTHS = CALENDAR - _words("summer spring autumn winter mark will")
"""Names of days and months."""

NO_NAME = _words("""
    abroad above absent accident actually address advance after again ages aged ahead alive allergic
    alone already also always american angry annoyed answer anxious anybody anyway apologies appreciated
    arabic around asian asking asleep asking assuming australian austrian available aware awake awful
    back bad based beginner behind belgian better between big bit bleeding blind bored both brazilian
    british broke broken burnt calling canadian careful certain changing checking chinese christian
    clear clueless cold colleague comfortable committed complaint concerned correct covered crazy
    curious currently danish dead deaf deeply delayed desperate diabetic difficult disabled disappointed
    divorced done double downstairs driving drunk due dutch dying each earning eating else employed
    emergency engaged english enough especially even ever exactly excited exhausted expecting expensive
    false familiar far fault feeling feverish few finally finished finnish first flying following
    forever former free french frequent friend frustrated full fully furious further game gone good
    greek grateful green guest half happy hard healthy held helpful hers holidays homeless honest
    hopeful hot hungry husband hurt ideal immediately important impossible impressed incorrect indian
    indeed injured inside insured intrigued invoice irish islamic italian japanese jewish just keen
    kidding kind kinda korean last leaving left legit less likely limited little living local long
    lonely lost lots low lucky mad male married mental mexican mine mistake mistaken moved much my
    muslim name named native nearby necessary nervous new norwegian nobody none normal nothing now
    obvious off offline often old older one ones online only opposed optional order other otherwise out
    outside over overseas overweight own pain painful paid parent parking patience pending per perfect
    pissed pleased point polish poor portuguese positive pregnant present pretty private problem proof
    properly public quick quite quiet rarely really reason recovering relieved remote resident retired
    right rubbish running russian sad safe same satisfied scared scottish self serious seriously shocked
    short shy sick silly single sleepy slow small sometimes somewhat sort sorted spanish speaking
    standing stressed strange stuck studying stupid such suffering super support surprised swedish swiss
    sure talking terrible terrified thankful thinking thirsty though thrilled tied tight tired today
    together tomorrow too torn totally truly trouble true trusting turkish ugly unclear under unemployed
    unfair unfortunately unhappy unsure unwell upset upstairs urgent useful useless usually vegan
    vegetarian vaccinated german very waiting walking warm weak welsh wet whatever whole wife willing
    within without woman wonderful working worried worse worst worth writing wrong yours young younger
    zero abc lunch dinner breakfast coffee brexit team sales reception desk bank doctors dr question
    questions word words thing things stuff way ways part parts place home house work job school
    university college hospital city town country phone mobile number numbers website app page link
    account password card payment price prices cost costs money insurance visa passport tax taxes
    contract report result results test tests surgery pain back knee tooth teeth eye eyes ear ears skin
    heart head baby kid kids child children daughter son mother father mum mom dad parents brother
    sister wife husband partner family boss manager office period my full more less everyone everybody
    ours theirs im see give offer fit squeeze say said told tell suggest recommended recommend
    recommends attend join joins speak treat examine answer reply wants asked real live human air ai
    affirmative its thx thanx negative yeap yup yip aye nah naw nay noway uhhuh uh-huh mhm mm hmm okey
    okie roger indeed farewell adieu adios ta cya ttyl later toodles shut hell asks thinks knows needs
    takes makes gets goes comes called call calls
""")
"""Other words that follow "I'm", "this is" or "with" and are no names."""
