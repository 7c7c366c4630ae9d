"""Words that are in every text and say nothing about its subject, folded, in the languages most often met."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = """
a about above after again against all also am an and any are as asked at away back be because been before being below
between both but by came can cannot could customer customers customer's day days did do does doing done down during each
even every few first for from further gave get gets getting go going got had has have having he her here hers herself
him himself his how i if in into is it its itself just knew know last left let like made make many me more most much
must my myself need never new next no nobody nor not nothing now of off on once one only or other our ours out over own
put rang said same saw say says see she should so some someone something still such take than thank that the their
theirs them themselves then there these they thing things this those three through time to today told too took two
under until up upon us use used very via want wanted was way we week weeks went were what when where which while who
anybody anyone everybody everyone somebody old round twice ten four five six seven eight nine eleven twelve twenty
later little lot often quite really right soon long good better best bad come comes look looked looking find found
whom why will with without won't would yes yesterday yet you your yours
"""
_GERMAN = """
aber alle als also am an auch auf aus bei bin bis da das dass dem den der des die dies diese du durch ein eine einem
einen einer er es fur haben hat hatte ich ihm ihn ihr im in ist ja kann kein keine kunde kunden kundin mehr mein mit
nach nicht noch nur oder ohne schon sehr sein sich sie sind so uber um und uns von vor war waren was wenn werden wie
wieder wir wird wurde zu zum zur
"""
_FRENCH = """
a au aux avec ce cela ces cet cette client cliente clients dans de des du elle en est et etait ete il ils je la le les
leur lui mais ne nous on ou par pas plus pour qu que qui sa se ses son sur tout un une vous
"""
_SPANISH = """
al cliente clientes como con cuando de del desde donde el ella en era es esta este fue ha hasta la las le les lo los mas
me mi muy no nos para pero por que se sin sobre su sus tambien un una y ya
"""
_ITALIAN = """
che cliente clienti con da dai dal degli dei del dell della delle di e era essere gli il la le lo nel nella non per piu
sono su un una
"""
_PORTUGUESE = """
ao aos as cliente clientes com da das do dos e em era foi mais na nao nas no nos o os ou para pelo por que um uma
"""
_DUTCH = """
aan de dat die een en het hij ik in is je klant klanten met na naar niet of om op te uit van voor was wij ze zijn
"""
EVERYDAY: Mapping[str, frozenset[str]] = {
    "english": frozenset(_ENGLISH.split()),
    "german": frozenset(_GERMAN.split()),
    "french": frozenset(_FRENCH.split()),
    "spanish": frozenset(_SPANISH.split()),
    "italian": frozenset(_ITALIAN.split()),
    "portuguese": frozenset(_PORTUGUESE.split()),
    "dutch": frozenset(_DUTCH.split()),
}
"""The words by language, to tell by them in which one a text is written."""

STOP_WORDS = frozenset().union(*EVERYDAY.values())
