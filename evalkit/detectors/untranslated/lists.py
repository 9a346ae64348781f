"""Everyday words of other languages that English does not have, and loans that it has.

Dictionaries of inflected forms lack just these: words that have no forms.
"""

from __future__ import annotations

from evalkit.language.function_words import ENGLISH
from evalkit.text.lists import listed

_GERMAN = """
    aber allem alle alles als andere anderen anderer auch auf aus beim bei bereits besonders bisher bis dabei dadurch
    dafür dagegen daher damals damit danach daneben dann daran darauf daraus darin darum darüber das davon davor dazu
    denn dennoch der deren dessen deshalb dies diese diesem diesen dieser dieses doch dort durch eben eher eigentlich
    ein eine einem einen einer eines einige einigen einmal etwa etwas für ganz gegen gegenüber genau gerade gern
    haben hatte hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer immer indem innerhalb irgendwie ist jede jedem
    jeden jeder jedes jedoch jetzt kann kein keine keinen können könnte mehr mehrere meisten möchte muss müssen nach
    nachdem neben nein nicht nichts nie noch nur oder ob obwohl ohne schon sehr seine seinen seiner seit seitdem
    selbst sich sie sind sogar sollte sollten sondern sonst statt trotz trotzdem über und unser unsere unter viel
    viele vielen vielleicht vom von vor vorher wann warum weder weil weiter welche welcher wenn wer werden wie wieder
    wir wird wo wohl wollen worden wurde wurden während zu zudem zuerst zuletzt zum zur zusammen zwar zwei zwischen
"""
_FRENCH = """
    afin ailleurs ainsi alors après assez aucun aucune aujourd'hui auparavant auprès aussi aussitôt autour autre
    autres aux avant avec avoir avait beaucoup bientôt ceci cela celle celles celui cependant ces cette ceux chacun
    chaque chez combien comme contre dans dehors déjà demain depuis dessous dessus donc dont durant elle elles enfin
    ensemble ensuite entre est-ce être était été eux fois grâce hier ici ils jamais jusque laquelle lequel les lesquels
    leur leurs loin longtemps lors lorsque lui-même maintenant malgré mais mêmes mieux moins nos notamment notre nous
    où parce parfois parmi pendant peut peuvent plusieurs plutôt pourquoi pourtant presque près puis puisque quand que
    quel quelle quelles quelque quelquefois quelques quels qui quoi quoique rien sans selon seulement sont sous
    surtout tandis tellement tôt toujours toutefois toutes tous très trop vers voici voilà votre vous vraiment y-a-t-il
"""
_SPANISH = """
    además ahí ahora algunos algunas allá allí apenas aquel aquella aquellos aquí así aún aunque bajo bastante cada
    casi cerca como cómo con cual cuales cualquier cuando cuánto cuya cuyo debajo del delante demasiado dentro desde
    después detrás donde durante ellas ellos encima entonces entre esas esos esta están está estas estos fue fueron
    fuera hace hacia hasta hoy incluso jamás junto las lejos los luego mejor mientras mismo misma mismos muchas
    mucho muchos muy más ni ningún ninguna ninguno nosotros nuestra nuestro nunca otra otras otro otros para peor
    pero pocos porque pronto pues quien quién quizás según sido siempre siquiera sobre sus sólo también tampoco
    tanto tarde todas todavía todos tres una unas unos ustedes varios veces
"""
_ITALIAN = """
    abbastanza adesso agli alcuni alcune alla alle allora almeno altra altre altri altro anche ancora anzi appena
    assieme attraverso avere bene bensì che chi ciascuno ciò cioè colui coloro comunque così cui dagli dai dal dalla
    dalle davvero degli della delle dello dentro dietro dopo dove dunque ecco entrambi essere fino fra fuori già giù
    gli grazie hanno infatti insieme invece inoltre laddove loro lungo malgrado meglio meno mentre molti molto negli
    nei nel nella nelle nemmeno nessun nessuna nessuno noi nostra nostro nulla ogni ognuno oltre oppure ossia
    perché perciò perfino però piuttosto poiché possono potrebbe prima purtroppo può qualche qualcosa quale quali
    quando quasi quattro quelle quelli quello quella quest'ultimo questa queste questi questo qui quindi quotidiano
    sarebbe sempre senza soltanto sono soprattutto sotto spesso stata stato stessa stessi stesso subito sugli sui
    sul sulla sulle suo suoi tra tranne troppo tutta tutte tutti tutto tuttavia tuttora verranno viene vicino volta
"""
_PORTUGUESE = """
    agora ainda além antes apenas após assim até através cada com como contudo depois desde ela elas ele eles embora
    enquanto entre então essa esse esta este foi foram isso isto já mais mas menos mesmo muito muitos não nem nenhum
    nos nossa nosso onde outra outro para pela pelas pelo pelos pois porém porque quando quase quem sem sempre ser
    seus seu sob sobre suas são também todos tudo uma você vocês
"""
_CZECH = """
    aby ale ani asi až během bez bude budou byl byla byli bylo být další dnes hned jak jako jaké jako jehož jejich její
    jen jenom jeho jestli ještě jinak jiné jsem jsme jsou již kam každý kde kdo kdy kdyby když které kterého kterou
    který která kteří kolem kromě kvůli lze mezi mimo mnoho mohou musí může nad nebo nebyl nejen než není nic nikdy
    nyní oba od pak po podle pokud pouze proti proto protože právě před přes přesto při pro přitom půl různé se si
    skoro snad spíše stále také takže taky tam tato tedy teď ten tento této toho tom tyto ve vedle velmi však více
    vlastně vůbec všech všechno všechny vždy za zatímco zda zde zejména že
"""
_POLISH = """
    aby albo ale ani bardzo bez bo być był była było były będzie chociaż choć co coś czy czyli dla dlaczego dlatego do
    dopiero dość dużo dwa dzisiaj gdy gdyż gdzie ich ile inne inny jak jako jednak jeden jednym jego jej jest jeszcze
    jeśli jeżeli już każdy kiedy kilka kto która które którego których który którzy lecz lub mają między mimo może
    można musi nad nadal natomiast nawet nic nich nie nigdy niż obecnie od oraz oprócz po pod podczas ponad poniżej
    ponieważ poza prawie przed przeciw przecież przez przy przykład raz razem również się skąd sobie swoje są
    szczególnie tak także tego temu teraz też tutaj tych tylko tym wcale wiele więc wraz wszyscy wszystkie wszystko
    wśród wtedy zaś zawsze ze został została zostały zwykle że żeby
"""

# Words that stand in English names, phrases and abbreviations as well: foreign only between other words in small
# letters.
BETWEEN = listed("""
    als bene bez bo co das del der dem do es est et fra il je las les los lo mit na nie od po prima qui raz se sein ser
    si son sono su sur tak tam tanto tous tout tra trop tres un una une ve von vom y za ze zum zur
    e v w z k
    ani chi entre mas muss seine volta
""")
# Words that English has itself.
_ENGLISH_TOO = listed("""
    ale an as avant bus con cada chez co come die den des dies do dove down ensemble es fine fra fun hay he her
    in jest lest man me mai mess more nos noes para pendant per pas plus pod pour pro pronto quasi raze rouge
    sans se si so sob son sous sui tam tom ten ton tot tour tres un us use will war was wo
""")
COMMON = (
    listed(_GERMAN + _FRENCH + _SPANISH + _ITALIAN + _PORTUGUESE + _CZECH + _POLISH) - ENGLISH - _ENGLISH_TOO - BETWEEN
)
# German nouns that are surnames as well.
SURNAMES = listed("""
    Adler Bach Bauer Baum Becker Berg Berger Bergmann Braun Busch Engel Fischer Frank Franz Friedrich Fuchs Graf Haas
    Hahn Hartmann Heinrich Herrmann Herzog Hirsch Hofmann Hoffmann Horn Huber Jäger Kaiser Kaufmann Keller Klein Koch
    König Kraft Kramer Krämer Kraus Krieger Kuhn Lang Lange Lehmann Lorenz Ludwig Maier Mayer Meier Meister Meyer
    Müller Neumann Pfeiffer Pohl Richter Ritter Roth Sauer Schäfer Schmid Schmidt Schmitt Schneider Scholz
    Schreiber Schreiner Schröder Schubert Schuster Schulz Schulze Schumacher Schuhmacher Schwarz Seidel Sommer Stein
    Steiner Stern Thomas Vogel Vogt Voigt Wagner Walter Weber Weiß Werner Winkler Winter Wirth Wolf Wolff Ziegler
    Zimmer Zimmermann
""")
LOANS = listed("""
    café cafés cliché clichés façade façades fiancé fiancée naïve résumé résumés décor élite née papier
    mâché piñata jalapeño rosé touché attaché communiqué protégé protégés exposé coup d'état entrée entrées soufflé
    crème brûlée señor señora doppelgänger über smörgåsbord à première régime rôle coöperation détente matinée
    soirée sauté purée pâté majeure
""")
