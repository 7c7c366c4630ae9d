"""Common first names that are hardly ever family names: they show in which order a list writes its names."""

from __future__ import annotations

from meetingtool.rules.folding import fold

_COMMON = """
adriana alejandra alejandro alessandra alessandro alessia alessio alicia amelie amy ana andrea andreas andrzej angela
angelica angelika angelo anita ann anna anne annette antoine antonella antonio araceli arturo aurelie aurora barbara
beatriz bernadette betty birgit brenda brian camila camille carla carlos carmen carolina caroline catarina catherine
cecilia celine charlotte chiara chloe christian christine christophe clara claudia cristiano cristina cristobal
cynthia daniela danuta davide deborah diana diego donna dorota eduardo elena elisa elisabeth elizabeth elsa emilie
emilio emily emma enrique ernesto esteban ethan eugenia eva ewa fabio fabrice federica federico felipe fernanda
fernando filippo fiona florence francesca francesco francoise frederic gabriela gabriele gabriella gary gerardo
giorgia giorgio giovanna giovanni giulia giulio giuseppe gloria grzegorz guadalupe guillaume gustavo hannah hans heike
helen helena helene helga helmut hugo ignacio ilaria ines ingrid isabel isabella isabelle jacqueline jadwiga jane
jason javier jean jeffrey jennifer jerome jessica jesus joanna joao jonathan jorge jose josefina joshua juan juana
juergen julia julie julien julieta jurgen karen karina katarzyna katharina kathleen katrin kenneth kevin klaus
krzysztof laetitia laura laurent leonardo leticia lidia linda lorena lorenza lorenzo louise luca lucia luciana luigi
luis luisa magdalena malgorzata manuel manuela marcela marcello marcin marco margarita margherita maria mariana marie
mario marta martina mary massimo mateo mathieu matteo mauricio megan mercedes michele michelle miguel mirjam monica
monika monique nadia nancy natalia nathalie nicole nicoletta olga olivia pablo paola paolo patricia patrizia pauline
pawel pedro petra philippe pierre pilar piotr raffaele ramona raquel raul rebecca renata renate ricardo riccardo
roberta roberto rocio rodrigo rosa rosalia sabine salvatore samantha sandra sandrine sara sarah sergio sharon silvia
simona sofia sophie stefania stefano stephanie steven susan susana susanne sylvie teresa thierry timothy tiziana
tomasz ulrike ursula valentina valeria valerie vanessa veronica veronika victoria vincenzo virginia viviana wolfgang
ximena yolanda zachary zoe zofia
"""
GIVEN_NAMES = frozenset(map(fold, _COMMON.split()))
