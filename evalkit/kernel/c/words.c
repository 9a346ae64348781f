/* Words of lines, and how like two lines are: what evalkit/text/words.py calls a word, and what evalkit/run/trust.py
 * makes of it. A text with a character that is not in the tables here is left to Python (-1 words). */
#include "kernel.h"

typedef struct {
    char kind; /* see benchmarks/word_classes.py; 0: left to Python */
    uint16_t folded[2];
} WordChar;

typedef struct {
    uint32_t first, last;
    const WordChar *chars;
} WordRange;

#include "word_classes.h"

enum { STEM = 5 }; /* characters; trust.py says why */
enum { SHARES = 64, MOST_SHARED = 4096 };

static WordChar ascii_char(uint32_t c) {
    if (c >= 'A' && c <= 'Z') return (WordChar){'L', {(uint16_t)(c + 32), 0}};
    if (c >= 'a' && c <= 'z') return (WordChar){'L', {(uint16_t)c, 0}};
    if (c >= '0' && c <= '9') return (WordChar){'D', {(uint16_t)c, 0}};
    if (c == '\'' || c == '-') return (WordChar){'J', {(uint16_t)c, 0}};
    if (c == '.' || c == ',') return (WordChar){'P', {(uint16_t)c, 0}};
    return (WordChar){'S', {c == '`' ? '\'' : ' ', 0}}; /* a grave accent is folded to an apostrophe */
}

static bool is_ideograph(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

static WordChar word_char(uint32_t c) {
    if (c < 0x80) return ascii_char(c);
    if (is_ideograph(c)) return (WordChar){'C', {(uint16_t)c, 0}};
    for (size_t i = 0; i < sizeof WORD_RANGES / sizeof *WORD_RANGES; i++)
        if (c >= WORD_RANGES[i].first && c <= WORD_RANGES[i].last) return WORD_RANGES[i].chars[c - WORD_RANGES[i].first];
    return (WordChar){0, {0, 0}};
}

/* A text as classes of its characters, as written and folded. */
typedef struct {
    char *plain, *kinds;
    uint16_t *folded;
    size_t length, folded_length;
    char ascii_kinds[128];
    uint8_t ascii_folded[128];
    bool changed; /* `plain` is there too, since folding may change a class */
} Classed;

/* ASCII alone is its own folded form but for case; a grave accent changes its class and takes the long way.
 * Without a way out of the loop, since the compiler then looks at many bytes at once. */
static bool is_plain_ascii(Text text) {
    uint8_t other = 0;
    for (size_t at = 0; at < text.length; at++) other |= (uint8_t)((text.bytes[at] & 0x80) | (text.bytes[at] == '`'));
    return !other;
}

static bool classify(Text text, Classed *out) {
    out->length = out->folded_length = 0;
    out->changed = !is_plain_ascii(text);
    if (!out->changed) {
        out->folded_length = text.length;
        for (size_t at = 0; at < text.length; at++) {
            out->kinds[at] = out->ascii_kinds[text.bytes[at]];
            out->folded[at] = out->ascii_folded[text.bytes[at]];
        }
        return true;
    }
    for (size_t at = 0; at < text.length;) {
        WordChar c = word_char(next_char(text, &at));
        if (!c.kind) return false;
        out->plain[out->length++] = c.kind;
        for (int i = 0; i < 2 && c.folded[i]; i++) {
            out->kinds[out->folded_length] = word_char(c.folded[i]).kind;
            out->folded[out->folded_length++] = c.folded[i];
        }
    }
    return true;
}

/* The end of the word that starts at `at`; `at` itself where none does. */
static size_t word_end(const char *kinds, size_t length, size_t at) {
#define IS(place, a, b) ((place) < length && (kinds[place] == (a) || kinds[place] == (b)))
    size_t end = at;
    switch (kinds[at]) {
    case 'C':
        return at + 1;
    case 'D': /* 1,000.5 and 3rd */
        while (IS(end, 'D', 'D')) end++;
        while (IS(end, 'P', 'P') && IS(end + 1, 'D', 'D'))
            for (end++; IS(end, 'D', 'D');) end++;
        while (IS(end, 'L', 'L')) end++;
        return end;
    case 'L': /* don't and well-known */
        while (IS(end, 'L', 'D')) end++;
        while (IS(end, 'J', 'J') && IS(end + 1, 'L', 'D'))
            for (end++; IS(end, 'L', 'D');) end++;
        return end;
    default:
        return at;
    }
#undef IS
}

static int64_t count_words(const char *kinds, size_t length) {
    int64_t words = 0;
    for (size_t at = 0; at < length;) {
        size_t end = word_end(kinds, length, at);
        words += end > at;
        at = end > at ? end : at + 1;
    }
    return words;
}

static int by_size(const void *one, const void *other) {
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

/* Puts `values` in order into `sorted`. Their first bits are spread evenly (see `spread`), so that sharing them out
 * by these leaves little to do; of very many, too much. */
static void sort(const uint64_t *values, size_t count, uint64_t *sorted) {
    size_t place[SHARES + 1] = {0};
    if (count > MOST_SHARED) {
        memcpy(sorted, values, count * sizeof *values);
        qsort(sorted, count, sizeof *sorted, by_size);
        return;
    }
    for (size_t i = 0; i < count; i++) place[(values[i] >> 58) + 1]++;
    for (int s = 0; s < SHARES; s++) place[s + 1] += place[s];
    for (size_t i = 0; i < count; i++) sorted[place[values[i] >> 58]++] = values[i];
    for (size_t i = 1; i < count; i++) {
        uint64_t value = sorted[i];
        size_t j = i;
        for (; j > 0 && sorted[j - 1] > value; j--) sorted[j] = sorted[j - 1];
        sorted[j] = value;
    }
}

/* Another number for each number, its bits spread: odd numbers have an inverse. */
static inline uint64_t spread(uint64_t stem) {
    return stem * 0x9E3779B97F4A7C15u;
}

/* The beginnings of the folded text's words, each once, in one order for all texts; returns their number, and
 * that of the words. Characters of words are below 0x250, or ideographs, which are words of their own: 10 bits are
 * enough for one of five. `room` has place for all the words. */
static size_t stems_of(const Classed *text, uint64_t *room, uint64_t *stems, int64_t *words) {
    size_t found = 0, kept = 0;
    for (size_t at = 0; at < text->folded_length;) {
        size_t end = word_end(text->kinds, text->folded_length, at);
        if (end == at) {
            at++;
            continue;
        }
        uint64_t stem = text->kinds[at] == 'C';
        for (size_t i = at; i < end && i < at + STEM; i++) stem = stem << (stem == 1 ? 16 : 10) | text->folded[i];
        room[found++] = spread(stem);
        at = end;
    }
    *words = (int64_t)found;
    sort(room, found, stems);
    for (size_t i = 0; i < found; i++)
        if (!kept || stems[kept - 1] != stems[i]) stems[kept++] = stems[i];
    return kept;
}

/* Text t is bytes[start[t] .. start[t + 1]). Number of words by text, -1 where it is left to Python; with
 * `stems` also the stems of text t, in stems[stop[t] .. stop[t + 1]). They take at most one for every two bytes
 * and one a text: a word that another follows at once is a number with letters, or stands before an ideograph,
 * which has three bytes. */
EXPORT int evalkit_words(
    const uint8_t *bytes, const int64_t *start, int64_t texts, int64_t *words, uint64_t *stems, int64_t *stop
) {
    size_t longest = 0;
    for (int64_t t = 0; t < texts; t++)
        if ((size_t)(start[t + 1] - start[t]) > longest) longest = (size_t)(start[t + 1] - start[t]);
    Memory memory = {0};
    char *room = memory_take(&memory, longest + 1, 7);
    uint64_t *found = memory_take(&memory, longest / 2 + 1, sizeof *found);
    if (memory.failed) {
        memory_free(&memory);
        return OUT_OF_MEMORY;
    }
    /* Two folded characters of two bytes each come first, for alignment. */
    Classed text = {.folded = (uint16_t *)room, .plain = room + 4 * longest, .kinds = room + 5 * longest};
    for (uint32_t c = 0; c < 128; c++) {
        text.ascii_kinds[c] = ascii_char(c).kind;
        text.ascii_folded[c] = (uint8_t)ascii_char(c).folded[0];
    }
    if (stems) stop[0] = 0;
    for (int64_t t = 0; t < texts; t++) {
        bool whole = classify((Text){bytes + start[t], (size_t)(start[t + 1] - start[t])}, &text);
        int64_t folded_words = 0;
        if (stems) stop[t + 1] = stop[t] + (whole ? (int64_t)stems_of(&text, found, stems + stop[t], &folded_words) : 0);
        if (!whole)
            words[t] = -1;
        else if (text.changed)
            words[t] = count_words(text.plain, text.length);
        else
            words[t] = stems ? folded_words : count_words(text.kinds, text.folded_length);
    }
    memory_free(&memory);
    return DONE;
}

/* Share of stems that pairs of texts have in common, 1 for two texts without any: text k of the one side and
 * text k of the other. */
EXPORT int evalkit_likeness(
    const uint64_t *left, const int64_t *left_stop, const uint64_t *right, const int64_t *right_stop, int64_t pairs,
    double *likeness
) {
    for (int64_t k = 0; k < pairs; k++) {
        const uint64_t *a = left + left_stop[k], *a_end = left + left_stop[k + 1];
        const uint64_t *b = right + right_stop[k], *b_end = right + right_stop[k + 1];
        int64_t all = (a_end - a) + (b_end - b), common = 0;
        while (a < a_end && b < b_end) {
            common += *a == *b;
            uint64_t one = *a, other = *b;
            a += one <= other;
            b += other <= one;
        }
        likeness[k] = all ? 2.0 * (double)common / (double)all : 1.0;
    }
    return DONE;
}
