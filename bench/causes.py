"""Why a goal is not met, by the beginning of its name; shown only where it is not met."""

CAUSES: dict[str, str] = {
    "cold page against Datasette's": (
        "searching, ordering and counting take 2 to 6 ms of a page; the rest is Django reading 25"
        " records with what hangs on them and rendering them with ten facets, much the same for"
        " every query. Datasette's page of a rare word is a table without either and takes 10 to"
        " 25 ms; its page of a common word, whose facets it counts anew, is slower than ours."
        " The gap closes with size, since our page hardly grows."
    ),
    "cold page against hello world": (
        "as below: reading and rendering the rows, not searching. On PostgreSQL each of some"
        " fifteen questions for a page costs a round trip as well."
    ),
    "warm page against hello world": (
        "of a page with words, about half is the template, a quarter reading 25 policies and"
        " cutting passages out of them, a tenth the facets. Tried: one read for rows and"
        " passages instead of two,"
        " passages looked at before they are traced, the registry of bodies kept in the process,"
        " long facets on pages of their own, values of facets without a template each, and"
        " passages looked for only where the index says that a field matches. Left: rendering"
        " rows and values with fewer look-ups, or keeping the page of a version of the data."
    ),
    "index built": (
        "most of the time is Django reading records and their rows; making terms and bitmaps is a"
        " third. The first rebuild was three times slower: it read related rows as querysets and"
        " let SQLite choose a poor plan for long lists of keys. Since then the collector of circles"
        " rests while a block is made, and PostgreSQL takes a block by COPY."
    ),
    "size of the policies' postings": (
        "a row of the index costs some fifty bytes whatever it holds, and below 65,536 records"
        " most rows hold a few ids. Plain words stand beside their stems, by field, which full"
        " text of the database does not offer. The ratio falls as blocks fill."
    ),
    "counts of all facets": (
        "all ten facets are counted by us, four by the others; the ratio grows with the number of"
        " records, since bitmaps hardly grow."
    ),
}
