"""The names of kinds in German, French, Spanish, Italian, Dutch and Portuguese."""

from collections.abc import Mapping

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "outcome": (
        "ziel", "ergebnis", "wirkung", "gewünschtes ergebnis", "objectif", "résultat",
        "résultat attendu", "objetivo", "resultado", "resultado deseado", "obiettivo", "risultato",
        "doel", "uitkomst",
    ),
    "opportunity": (
        "chance", "gelegenheit", "bedürfnis", "kundenbedürfnis", "schmerzpunkt", "opportunité",
        "besoin", "problème", "oportunidad", "necesidad", "problema", "dolor", "opportunità",
        "bisogno", "kans", "behoefte", "oportunidade", "necessidade",
    ),
    "solution": (
        "lösung", "lösungsidee", "idee", "idée", "piste", "solución", "idea de solución",
        "soluzione", "oplossing", "solução",
    ),
    "assumption": (
        "annahme", "riskanteste annahme", "hypothese", "hypothèse", "supuesto", "hipótesis",
        "suposición", "ipotesi", "aanname", "hipótese", "premissa",
    ),
    "test": (
        "versuch", "annahmentest", "expérience", "essai", "prueba", "experimento", "esperimento",
        "proef", "teste",
    ),
}  # fmt: skip
"""Words for one node of a kind."""

PLURALS: Mapping[str, str] = {
    "chancen": "opportunity", "gelegenheiten": "opportunity", "bedürfnisse": "opportunity",
    "lösungen": "solution", "ideen": "solution", "ziele": "outcome", "ergebnisse": "outcome",
    "annahmen": "assumption", "versuche": "test", "oportunidades": "opportunity",
    "necesidades": "opportunity", "soluciones": "solution", "opportunités": "opportunity",
    "besoins": "opportunity", "soluzioni": "solution", "oplossingen": "solution",
    "kansen": "opportunity", "soluções": "solution", "hypothesen": "assumption",
    "hipótesis": "assumption", "pruebas": "test", "resultados": "outcome",
}  # fmt: skip
"""Words for several nodes of a kind, and so for a list or a table of them."""
