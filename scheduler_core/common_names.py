"""Names that many people have, as data: lower case, without accents.

Who writes one of them means it: "Maria" is no misspelt "Mario". They also tell a name from other words where
somebody writes without capitals.
"""

from __future__ import annotations

from scheduler_core.nicknames import SHORT


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FULL = _names("""
    aaron abby abdul abdullah abigail abraham adam adele adrian adriana agnes ahmad ahmed aisha alan
    albert alejandro alessandro alex alexander alexandra alexis alfred ali alice alicia alina alison
    allison alma alvin amanda amber amelia amina amir amit amy ana anders andre andrea andreas andrew
    andrey andy angela angelo anil anita anja anke ann anna anne annette annie anthony anton antonio
    anya arash ariel arjun armin arne arnold arthur arun asha ashley astrid aurora ava axel ayesha
    barbara beatrice becky bella ben benjamin benedikt bernard bernd berta beth bettina betty bianca
    bjorn bob boris brad brandon brenda brian bridget britta bruce bruno bryan caleb camila camille carl
    carla carlos carmen carol carolina caroline caspar catherine cathy cecilia celine chad charles
    charlie charlotte chen chloe chris christa christian christina christine christoph christopher cindy
    claire clara claude claudia clemens clive colin connor craig cristina curtis cynthia daisy dan
    daniel daniela danielle danny daria darren dave david deborah deepak denis denise dennis derek diana
    diane diego dieter dilip dimitri dirk dmitri dolores dominic dominik don donald donna dora doris
    dorothy doug douglas duncan dylan eddie edgar edith eduardo edward edwin elaine elena eleanor eli
    elias elif elisa elisabeth elise elizabeth ella ellen ellie elliot elsa emil emilia emily emine emma
    emmanuel enrique eric erica erik erika erin ernest esra esther ethan eugene eva evan eve evelyn
    fabian fatima fatma felicia felix fernanda fernando fiona florence florian frances francesca
    francesco francis francisco frank franz fred freda frederick frida friedrich fritz gabriel gabriela
    gareth gary gavin geoff george georg gerald gerard gerd gerhard gina giorgio giovanni giulia glen
    gloria gordon graham greg gregor gregory greta guido gunther gustav guy hana hannah hanna hans
    harald harold harriet harry hasan hassan hector heather heidi heike heinz helen helena helene helga
    henrik henry herbert herman hilda holger holly horst howard hugh hugo hussein ian ibrahim ida igor
    ilse imran ines inga inge ingrid irene iris irina isaac isabel isabella isla ismail ivan ivana jack
    jackie jacob jacqueline jake jakob james jamie jan jana jane janet janice jason javier jay jean jeff
    jeffrey jelena jenna jennifer jenny jens jeremy jerry jesse jessica jill jim jimmy jin jo joachim
    joan joanna joanne jochen joe joel johan johanna johannes john johnny jon jonas jonathan jorge jose
    josef joseph josephine joshua josie juan juana juanita judith judy julia julian juliana julie juliet
    julius jurgen justin kai kamal karen karim karin karina karl karla kate katharina kathleen kathrin
    kathy katie katrin kay keith kelly ken kenneth kevin khalid kim kirsten klaus konrad kristin
    kristina kumar kurt kyle lara larry lars laura lauren lea leah leila lena leo leon leonard leonie
    leslie lewis liam lia lidia liesel lili lilian lily lina linda lisa liz lorenzo lotta louis louisa
    louise luca lucas lucia lucy ludwig luis luisa lukas lukasz luke lutz lydia lynn maggie magda
    magdalena malcolm malik manfred manuel manuela mara marc marcel marco marcus margaret margarita
    maria mariam marie marina mario marion marisa mark marko markus marlene marta martha martin martina
    mary mateo mathias matilda matt matteo matthew matthias maureen maurice max maximilian maya megan
    mehmet mei melanie melissa mia michael michaela michelle miguel mike mikael mila milan milena mina
    ming mira miriam mohamed mohammad mohammed mollie molly mona monica monika morgan moritz muhammad
    murat mustafa nadia nadine nancy naomi natalia natalie natasha nathan neil nelly nicholas nick
    nicola nicolas nicole niels nikita niklas nikolai nils nina noah noel nora norbert norman olaf oleg
    olga oliver olivia omar oscar oskar otto owen pablo pamela pam pat patricia patrick paul paula
    pauline pavel pedro peggy penelope peter petra phil philip philipp phoebe pia pierre piotr polly
    priya rachel rafael raj rajesh ralf ralph ramon randy raphael rashid raul ravi ray raymond rebecca
    regina reinhard rekha renate rene reza ricardo richard rick rita robert roberta roberto robin
    rodrigo roger roland rolf roman ron ronald rosa rosalie rose rosemary ross roy ruben rudolf rupert
    russell ruth ryan sabine sabrina said sally sam samantha samir samira samuel sana sandra sandro
    sanjay sara sarah saskia scott sean sebastian selma sergei sergio seth shane shannon sharon shaun
    sheila shirin sibylle sid sidney silke silvia simon simone sofia sonia sonja sophia sophie stacy
    stan stefan stefanie stella stephan stephanie stephen steve steven stuart sue sunil suresh susan
    susanna susanne suzanne svenja sven sylvia tamara tania tanja tanya tara tariq tatiana ted teresa
    terry thea theo theodor theresa thomas thorsten tilda tim timo timothy tina tobias todd tom tomas
    tony torsten tracy trevor tristan uli ulrich ulrike ursula ute uwe valentin valentina valeria
    valerie vanessa vera verena veronica veronika victor victoria vijay viktor viktoria vincent viola
    violet virginia vivian vivien vladimir walter wanda warren wayne wei wendy werner wilhelm william
    willi wolfgang xavier xin yan yara yasmin yasmine yolanda yusuf yuri yvette yvonne zahra zara zoe
    zoltan
""")
_WORDS_TOO = _names("""
    al ale ant art asia august cal cam cat den dick dot em gene hal han herb jus lex mari memo mo nan
    pip ray ria rich rod si sly sunny val vic vova will wolf bill
""")

GIVEN = (_FULL | frozenset(SHORT) | frozenset().union(*SHORT.values())) - _WORDS_TOO
"""Given names that people of many countries have, and their short forms that are no other words."""

SURNAMES = _names("""
    adams aguilar allen anderson andersson bailey baker barnes bauer becker bell bennett berg bianchi
    brooks brown bruno butler campbell carter castillo castro chavez chen cheng choi clark cohen cole
    collins cook cooper costa cox cruz da davies davis diaz dubois edwards evans fernandez ferrari
    fischer fisher flores foster fuchs garcia gomez gonzalez gray green gupta gutierrez hall hansen
    harris hernandez hill hoffmann howard huang hughes ito ivanov jackson jansen jensen jimenez
    johansson johnson jones kaiser keller kelly khan kim king klein koch kowalski kruger kumar lange lee
    lehmann lewis li lin liu long lopez lorenz mann marino martin martinez maier mayer meier mehta
    mendez miller mitchell moore morales moreau moreno morgan morris muller murphy murray nakamura
    nelson neumann nguyen nielsen novak olsen ortiz park parker patel perez peters petersen peterson
    phillips pham popov powell price ramirez ramos reed rees reid reyes richards richter rivera roberts
    robinson rodriguez rogers romano rossi roth roy ruiz russell russo ryan sanchez sanders santos sato
    schafer schmid schmidt schmitt schneider scholz schroder schubert schulz schulze schwarz scott
    sharma shah silva simon singh smith smyth stewart suzuki tanaka taylor thomas thompson torres tran
    turner vargas vogel wagner walker wang ward watanabe watson weber weiss werner white williams wilson
    wolf wong wood wright wu yamamoto yang young zhang zhou zhu zimmermann
""")
"""Family names that many people have."""
