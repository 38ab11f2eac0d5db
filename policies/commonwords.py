"""Units and countries as readers say them.

Records hold both as free text in English. What is common among them is said in the
reader's language here; anything else stays as it was written.
"""

from django.utils.translation import pgettext_lazy

UNITS = {
    "percent": pgettext_lazy("unit", "percent"),
    "percentage points": pgettext_lazy("unit", "percentage points"),
    "times": pgettext_lazy("unit", "times"),
    "CNY": pgettext_lazy("unit", "CNY"),
    "EUR": pgettext_lazy("unit", "EUR"),
    "USD": pgettext_lazy("unit", "USD"),
    "kilowatts": pgettext_lazy("unit", "kilowatts"),
    "megawatts": pgettext_lazy("unit", "megawatts"),
    "gigawatts": pgettext_lazy("unit", "gigawatts"),
    "metres": pgettext_lazy("unit", "metres"),
    "meters": pgettext_lazy("unit", "meters"),
    "kilometres": pgettext_lazy("unit", "kilometres"),
    "kilometers": pgettext_lazy("unit", "kilometers"),
    "tons": pgettext_lazy("unit", "tons"),
    "tonnes": pgettext_lazy("unit", "tonnes"),
    "hectares": pgettext_lazy("unit", "hectares"),
    "mu": pgettext_lazy("unit", "mu"),
    "days": pgettext_lazy("unit", "days"),
    "months": pgettext_lazy("unit", "months"),
    "years": pgettext_lazy("unit", "years"),
    "people": pgettext_lazy("unit", "people"),
    "companies": pgettext_lazy("unit", "companies"),
    "enterprises": pgettext_lazy("unit", "enterprises"),
    "factories": pgettext_lazy("unit", "factories"),
    "projects": pgettext_lazy("unit", "projects"),
    "standards": pgettext_lazy("unit", "standards"),
    "patents": pgettext_lazy("unit", "patents"),
    "cities": pgettext_lazy("unit", "cities"),
    "provinces": pgettext_lazy("unit", "provinces"),
    "clusters": pgettext_lazy("unit", "clusters"),
    "laboratories": pgettext_lazy("unit", "laboratories"),
    "vehicles": pgettext_lazy("unit", "vehicles"),
}
COUNTRIES = {
    "Australia": pgettext_lazy("country", "Australia"),
    "Austria": pgettext_lazy("country", "Austria"),
    "Belgium": pgettext_lazy("country", "Belgium"),
    "Brazil": pgettext_lazy("country", "Brazil"),
    "Canada": pgettext_lazy("country", "Canada"),
    "China": pgettext_lazy("country", "China"),
    "Czechia": pgettext_lazy("country", "Czechia"),
    "Denmark": pgettext_lazy("country", "Denmark"),
    "Finland": pgettext_lazy("country", "Finland"),
    "France": pgettext_lazy("country", "France"),
    "Germany": pgettext_lazy("country", "Germany"),
    "Hong Kong": pgettext_lazy("country", "Hong Kong"),
    "Hungary": pgettext_lazy("country", "Hungary"),
    "India": pgettext_lazy("country", "India"),
    "Indonesia": pgettext_lazy("country", "Indonesia"),
    "Ireland": pgettext_lazy("country", "Ireland"),
    "Israel": pgettext_lazy("country", "Israel"),
    "Italy": pgettext_lazy("country", "Italy"),
    "Japan": pgettext_lazy("country", "Japan"),
    "Luxembourg": pgettext_lazy("country", "Luxembourg"),
    "Macau": pgettext_lazy("country", "Macau"),
    "Malaysia": pgettext_lazy("country", "Malaysia"),
    "Mexico": pgettext_lazy("country", "Mexico"),
    "Netherlands": pgettext_lazy("country", "Netherlands"),
    "Norway": pgettext_lazy("country", "Norway"),
    "Poland": pgettext_lazy("country", "Poland"),
    "Portugal": pgettext_lazy("country", "Portugal"),
    "Russia": pgettext_lazy("country", "Russia"),
    "Saudi Arabia": pgettext_lazy("country", "Saudi Arabia"),
    "Serbia": pgettext_lazy("country", "Serbia"),
    "Singapore": pgettext_lazy("country", "Singapore"),
    "South Africa": pgettext_lazy("country", "South Africa"),
    "South Korea": pgettext_lazy("country", "South Korea"),
    "Spain": pgettext_lazy("country", "Spain"),
    "Sweden": pgettext_lazy("country", "Sweden"),
    "Switzerland": pgettext_lazy("country", "Switzerland"),
    "Taiwan": pgettext_lazy("country", "Taiwan"),
    "Thailand": pgettext_lazy("country", "Thailand"),
    "Turkey": pgettext_lazy("country", "Turkey"),
    "United Arab Emirates": pgettext_lazy("country", "United Arab Emirates"),
    "United Kingdom": pgettext_lazy("country", "United Kingdom"),
    "United States": pgettext_lazy("country", "United States"),
    "Vietnam": pgettext_lazy("country", "Vietnam"),
}


def unit(name: str) -> str:
    """What a figure is given in, in the reader's language where it is a common unit."""
    return str(UNITS.get(name, name))


def country(name: str) -> str:
    """A country, in the reader's language where it is a common one."""
    return str(COUNTRIES.get(name, name))
