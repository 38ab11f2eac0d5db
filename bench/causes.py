"""Why a goal is not met, by the beginning of its name; shown only where it is not met."""

CAUSES: dict[str, str] = {
    "cold page against Datasette's": (
        "searching, ordering and counting take 2 to 6 ms of a page; the rest is Django reading 25"
        " records with what hangs on them and rendering them with ten facets and a chart: 35 to"
        " 50 ms, much the same for every query and at every size. Datasette's page of a rare word"
        " is a table without either and takes 10 to 40 ms; its page of a common word, whose facets"
        " it counts anew, takes 0.15 s at 10,000 records and 2 s at 100,000, where ours is forty"
        " times faster. Tried: fewer questions to the database (15, now 5), passages and rows read"
        " only where something matches, names of the registry held in the process, no collection"
        " of circles over what is held. A page that was asked before takes 1 to 2 ms, but that is"
        " not what this goal counts. Tried since: variables of templates looked up by a short way"
        " (a fifth of a page), room for all calls of a page taken at once (up to a third). Left: a"
        " template engine that compiles to Python."
    ),
    "cold page against hello world": (
        "reading and rendering the rows, not searching, as above; on PostgreSQL each question for"
        " a page costs a round trip as well. At a million policies facets take 5 to 8 ms rather"
        " than 2, words are read from sixteen blocks, and another name that is a phrase is looked"
        " up in hundreds of texts (uncommon, six characters). Hello world took 0.56 to 0.97 ms"
        " from run to run, which moves this ratio by half; in milliseconds a cold page takes as"
        " long as at 100,000. Tried besides what is told above: companies and places read once for"
        " all filters, labels of closed lists looked up rather than translated as whole lists, an"
        " eighth of the work of a page of targets; texts of templates looked up once in each"
        " language, the form of a search made once (8 ms, now 4), days in words kept. A tracker of"
        " 1,000 policies has the same rows and facets on a page."
    ),
    "warm page against hello world": (
        "pages are kept by the version of the data, so that a page asked before costs one question"
        " and no template."
    ),
    "index built": (
        "most of the time is Django reading records and their rows; making terms and bitmaps is a"
        " third. The first rebuild was three times slower: it read related rows as querysets and"
        " let SQLite choose a poor plan for long lists of keys. Since then the collector of circles"
        " rests while a block is made, and PostgreSQL takes a block by COPY."
    ),
    "memory that a web process adds": (
        "with a million policies, 850,000 targets and 330,000 events. Some 160 MB are there before"
        " any record: Django, its libraries, and 57 MB of the dictionary of phrases by which"
        " pypinyin reads 重庆 rightly. Filter values, held whole, take 80 to 100 MB, orders 15 MB,"
        " words up to 32 MB for each kind, the pages of the newest version up to 50 MB. Tried:"
        " values read into one bitmap instead of joined from those of blocks (40 MB less at the"
        " start), half the room for words, pages of older versions dropped. Left: pinyin kept"
        " beside each name, so that a process that only answers needs no dictionary."
    ),
    "start to the first page": (
        "Python imports Django, its libraries and the dictionaries for Chinese before anything is"
        " answered, some 1.2 seconds at any size. Nobody waits for it: a worker answers only when"
        " it has read what pages ask for first. Tried: each import timed by `python -X importtime`;"
        " pypinyin's dictionary takes a tenth, spreadsheets and the API's framework an eighth each,"
        " so that without all three a start would still take more than a second."
    ),
    "size of the policies' postings": (
        "a row of the index costs some fifty bytes whatever it holds, and below 65,536 records"
        " most rows hold a few ids. Plain words stand beside their stems, by field, which full"
        " text of the database does not offer. Tried: the few ids of a row as plain numbers rather"
        " than as a bitmap, and blocks of 65,536 ids; the ratio falls as the first blocks fill, and"
        " stays from 100,000 on."
    ),
    "counts of all facets": (
        "all ten facets are counted by us, four by the others; the ratio grows with the number of"
        " records, since bitmaps hardly grow."
    ),
}
