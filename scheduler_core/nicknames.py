"""Short names and what they are short for, as data: lower case, without accents.

One short name may stand for several full ones; two short names of one full name do not stand for each other.
"""

from __future__ import annotations

_LINES = """
    abigail: abby gail
    abraham: abe
    adelheid: heidi
    adriana: adri
    agnieszka: aga
    albert: al bert bertie
    alejandro: alex ale
    aleksandra: ola alex
    alessandra: alex sandra
    alessandro: alex sandro ale
    alexander: alex al sandy xander sasha alec lex
    alexandra: alex sandra sandy lexi sasha alexa
    alfred: al fred alf fredi
    alice: ali
    alison: ali
    amanda: mandy
    anastasia: nastya ana stacy
    andrea: andi andy
    andreas: andi andy
    andrew: andy drew
    angela: angie
    anna: annie nan
    annabelle: anna belle
    annemarie: anne annie
    anneliese: anne liese
    anthony: tony ant
    antonia: toni
    antonio: toni tony
    arthur: art artie
    augustus: gus august
    barbara: barb babs barbie basia
    beatrice: bea trixie
    benedict: ben
    benedikt: ben
    benjamin: ben benny benji benjy
    bernard: bernie
    bernhard: bernd berni
    brigitte: gitte
    calvin: cal
    cameron: cam
    carolina: caro lina
    caroline: caro carrie caz
    cassandra: cassie cass sandra
    catherine: cathy cat kate katie cath kathy
    charles: charlie chuck chas
    charlotte: charlie lotte lottie
    christian: chris
    christina: chris tina chrissy
    christine: chris tina chrissy
    christopher: chris kit topher
    christoph: chris
    clifford: cliff
    constance: connie
    cornelia: conny nele
    cristiano: cris
    cynthia: cindy
    daniel: dan danny
    daniela: dani
    danielle: dani
    david: dave davey
    deborah: deb debbie debby
    dennis: den
    dmitri: dima
    dominic: dom nick
    dominik: dom nik
    donald: don donny
    dorothy: dot dottie dolly
    douglas: doug
    edgar: ed eddie
    eduardo: edu
    edward: ed eddie ted teddy ned
    edwin: ed eddie
    eleanor: ellie nell nora ella
    elena: lena
    elisabeth: liz lisa lisbeth beth betty elli sissi liesel
    elizabeth: liz lizzie lizzy beth betty betsy eliza libby liza ellie elise
    emily: em emmy
    emma: em emmy
    emmanuel: manny manu
    ernest: ernie
    eugene: gene
    ewa: ewka
    fernando: nando
    florian: flo
    frances: fran fanny frannie
    francesca: fran chesca
    francis: frank fran
    francisco: paco pancho fran
    franklin: frank
    franziska: franzi
    frederick: fred freddie freddy rick
    friederike: rike
    friedrich: fritz fred
    gabriel: gabe
    gabriela: gabi gaby
    gabriele: gabi gaby
    geoffrey: geoff jeff
    georg: schorsch
    gerald: gerry jerry
    gerard: gerry
    gerhard: gerd
    gertrude: trudy gertie
    gregory: greg
    guadalupe: lupe
    guillermo: memo
    gwendolyn: gwen
    hannah: han
    harold: harry hal
    heinrich: heinz heiner
    helena: lena leni
    henrietta: etta hetty
    henry: harry hank hal
    herbert: herb bert
    hubert: bert hugh
    ignacio: nacho
    immanuel: manny
    irene: reni
    isabel: bella izzy
    isabella: bella izzy isa
    isidore: izzy
    ivan: vanya
    jacob: jake jack
    jakob: jake
    jacqueline: jackie
    james: jim jimmy jamie jem
    janet: jan
    jennifer: jen jenny jenn
    jeffrey: jeff
    jeremy: jerry jez
    jessica: jess jessie
    joachim: achim jo jochen
    joana: jo
    joanna: jo asia
    joanne: jo
    johann: hans
    johannes: hannes hans jo
    john: jack johnny jon
    jonathan: jon jonny nathan
    jorge: coco
    jose: pepe
    josef: sepp jupp joe
    joseph: joe joey jo
    josephine: jo josie
    joshua: josh
    judith: judy jude
    julia: jules julie
    julian: jules
    justin: jus
    katarzyna: kasia
    katharina: kathi kathy kati kate
    katherine: kate katie kathy kath kat kit kitty
    kathleen: kathy kath kate
    kathryn: kate kathy kath
    kenneth: ken kenny
    kimberly: kim
    konstantin: kosta
    krzysztof: krzys
    laura: laurie
    lawrence: larry lawrie
    leonard: leo len lenny
    leonardo: leo
    leopold: leo poldi
    lillian: lily lil
    lorenzo: renzo
    louis: lou louie
    louise: lou
    lucas: luke
    lucia: lucy
    ludwig: lutz
    luis: lucho
    maciej: maciek
    madeleine: maddie
    magdalena: lena magda leni
    malgorzata: gosia
    manuel: manny manolo manu
    manuela: manu
    marcus: marc
    margaret: maggie meg peggy marge margie greta rita daisy
    margarete: grete gretel
    maria: mia marie ria masha
    marianne: mari
    mariusz: mario
    martha: marty
    martin: marty
    martina: tina
    mathilda: tilda tilly
    matilda: tilda tilly
    matthew: matt matty
    matthias: matze matt hias
    maurice: mo
    maxim: max
    maximilian: max maxi
    maxwell: max
    megan: meg
    melanie: mel
    melissa: mel lissa
    michael: mike mick mickey micky mikey michi
    michaela: micha michi
    michelle: shelly
    miguel: migue
    mikhail: misha
    mildred: millie
    mohamed: mo
    mohammad: mo
    mohammed: mo
    muhammad: mo
    nadezhda: nadia
    natalia: talia nat natasha
    natalie: nat
    nathan: nate nat
    nathaniel: nate nat nathan
    nicholas: nick nicky nico
    nicolas: nico nick
    nicole: nicky nikki
    nikolai: kolya niko
    nikolaus: klaus niko
    norbert: nobby bert
    olivia: liv livvy
    oliver: ollie oli olli
    oluwaseun: seun
    pamela: pam
    patricia: pat patty trish tricia patsy
    patrick: pat paddy
    penelope: penny
    peter: pete
    petra: petzi
    philip: phil pip
    philipp: phil
    phillip: phil
    priscilla: cilla
    rafael: rafa
    raphael: rafa raph
    raymond: ray
    rebecca: becky becca
    reginald: reg reggie
    reinhard: reini
    richard: rick dick rich richie ricky
    robert: bob rob bobby robbie bert
    roberto: berto beto
    roderick: rod rick
    rodney: rod
    roland: roly
    ronald: ron ronnie
    rosemary: rosie rose
    rudolf: rudi
    rudolph: rudy
    russell: russ
    samantha: sam sammy
    samuel: sam sammy
    sandra: sandy
    sarah: sally sadie
    sebastian: seb basti bastian
    sergei: seryozha
    sigmund: sigi
    siegfried: sigi
    simon: si
    sophia: sophie
    stanislaw: staszek
    stanley: stan
    stefan: steve
    stefanie: steffi
    stephanie: steph stevie steffi
    stephen: steve stevie steph
    steven: steve
    stuart: stu
    sunil: sunny
    susan: sue susie suzie
    susanna: sue susi sanna
    susanne: susi sanne
    suzanne: sue suzie
    sylvester: sly
    tatiana: tanya tania
    terence: terry
    teresa: tess terry resi
    theodor: theo
    theodore: ted theo teddy
    theresa: tess terry tessa resi
    thomas: tom tommy
    timothy: tim timmy
    tobias: tobi toby
    tomasz: tomek
    ulrich: uli ulli
    ulrike: uli ulli rike
    ursula: uschi ulla
    valentina: val tina
    valerie: val
    veronica: ronnie vero
    veronika: vroni vero
    victor: vic
    victoria: vicky vic tori
    vincent: vince vinny
    virginia: ginny
    viswanathan: vishy vish
    vivian: viv
    vladimir: vova volodya vlad
    walter: walt wally
    wilhelm: willi willy
    william: will bill billy willy liam
    winifred: winnie
    wolfgang: wolf wolfi
    yevgeny: zhenya
    zachary: zach zac
    zbigniew: zbyszek
"""

SHORT: dict[str, frozenset[str]] = {
    full.strip(): frozenset(short.split())
    for full, short in (line.split(":") for line in _LINES.split("\n") if line.strip())
}
"""The short names of each full one."""

FULL: dict[str, frozenset[str]] = {
    name: frozenset(full for full, names in SHORT.items() if name in names)
    for name in frozenset().union(*SHORT.values())
}
"""The full names that each short one stands for."""
