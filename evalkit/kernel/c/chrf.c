/* chrF and chrF++ rows: sacrebleu's CHRF._compute_segment_statistics. */
#include "kernel.h"

typedef struct {
    int chars, words; /* orders */
    bool whitespace;
    FScore score; /* chooses among references, and a last bit may choose */
} Options;

/* A text as numbers of its characters and of its words. */
typedef struct {
    uint32_t *chars, *words;
    size_t chars_count, words_count;
} Numbers;

typedef struct {
    Options options;
    Alphabet alphabet;
    bool by_code_point; /* too many characters for the alphabet: symbols are code points + 1 */
    Vocabulary vocabulary;
    Ngrams chars, words;
    Text *tokens;
    Numbers reference, candidate;
    Rules split;
    double *best; /* by system: the score of its row so far, -1 before the first reference */
    Memory memory;
} Work;

static void numbers_new(Numbers *n, Memory *memory, size_t most) {
    n->chars = memory_take(memory, most, sizeof *n->chars);
    n->words = memory_take(memory, 2 * most, sizeof *n->words);
}

static bool work_new(Work *w, const Batch *batch, Range range) {
    Longest longest = longest_texts(batch, range);
    Memory *memory = &w->memory;
    size_t most = longest_text(longest) + 1, words = w->options.words ? longest.reference : 0;
    w->split = rules_of(TOK_NONE);
    w->tokens = memory_take(memory, most, sizeof *w->tokens);
    w->best = memory_take(memory, (size_t)batch->system_count, sizeof *w->best);
    numbers_new(&w->reference, memory, most);
    numbers_new(&w->candidate, memory, most);
    alphabet_new(&w->alphabet, memory);
    vocabulary_new(&w->vocabulary, memory, words, words);
    ngrams_new(&w->chars, memory, longest.reference * (size_t)w->options.chars);
    ngrams_new(&w->words, memory, words * (size_t)w->options.words);
    return !memory->failed;
}

/* string.punctuation of Python, CHRF._PUNCTS. */
static bool is_punctuation(uint8_t c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* CHRF._remove_punctuation: takes one ASCII mark off the end of a word, else off its start. A word of one
 * character stays whole. Splits words into pieces; the pieces are numbered. */
static size_t word_pieces(Work *w, Text text, bool add, uint32_t *numbers) {
    size_t n = tokenise(&w->split, text, NULL, w->tokens), count = 0;
    for (size_t i = 0; i < n; i++) {
        Text word = w->tokens[i], pieces[2] = {word, {NULL, 0}};
        /* A first or last byte that is an ASCII mark is a character; so two bytes here are two characters. */
        if (word.length > 1 && is_punctuation(word.bytes[word.length - 1])) {
            pieces[0] = (Text){word.bytes, word.length - 1};
            pieces[1] = (Text){word.bytes + word.length - 1, 1};
        } else if (word.length > 1 && is_punctuation(word.bytes[0])) {
            pieces[0] = (Text){word.bytes, 1};
            pieces[1] = (Text){word.bytes + 1, word.length - 1};
        }
        for (int k = 0; k < 2 && pieces[k].length; k++)
            numbers[count++] = add ? vocabulary_add(&w->vocabulary, pieces[k], text.bytes) : vocabulary_find(&w->vocabulary, pieces[k], text.bytes);
    }
    return count;
}

/* Numbers of the characters, white space left out unless asked for. With `add`, unknown ones get a number;
 * otherwise they are 0. */
static size_t characters(Work *w, Text text, bool add, uint32_t *numbers) {
    Alphabet *a = &w->alphabet;
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t c = next_char(text, &at);
        if (!w->options.whitespace && is_space(c)) continue;
        if (w->by_code_point) {
            numbers[count++] = c + 1;
            continue;
        }
        if (add && !a->number[c]) {
            if (a->size == MOST_CHARS) {
                w->by_code_point = true;
                return characters(w, text, add, numbers);
            }
            a->added[a->size++] = c;
            a->number[c] = (uint16_t)a->size;
        }
        numbers[count++] = a->number[c];
    }
    return count;
}

static void read_reference(Work *w, Text text) {
    alphabet_clear(&w->alphabet);
    w->by_code_point = false;
    Numbers *r = &w->reference;
    r->chars_count = characters(w, text, true, r->chars);
    uint32_t largest = w->by_code_point ? 0x110000 : w->alphabet.size;
    if (w->options.chars) {
        ngrams_clear(&w->chars, r->chars_count, w->options.chars, largest);
        ngrams_add(&w->chars, r->chars, r->chars_count);
    }
    if (!w->options.words) return;
    vocabulary_clear(&w->vocabulary, text.length);
    r->words_count = word_pieces(w, text, true, r->words);
    ngrams_clear(&w->words, r->words_count, w->options.words, w->vocabulary.size);
    ngrams_add(&w->words, r->words, r->words_count);
}

/* [candidate n-grams, reference n-grams, matches] by order. CHRF._get_match_statistics counts no candidate
 * n-grams where the reference has none. */
static void write_orders(Ngrams *t, int orders, const uint32_t *numbers, size_t n, size_t reference, double *row) {
    double matches[MOST_ORDERS];
    if (!orders) return;
    ngrams_match(t, numbers, n, matches);
    for (int k = 0; k < orders; k++) {
        size_t order = (size_t)k;
        row[3 * k] = n > order && reference > order ? (double)(n - order) : 0;
        row[3 * k + 1] = reference > order ? (double)(reference - order) : 0;
        row[3 * k + 2] = matches[k];
    }
}

/* The best reference's row, the first of equals. */
static void keep_better(Work *w, Text text, double *row, double *best) {
    const Options *o = &w->options;
    double new[3 * 2 * MOST_ORDERS];
    size_t n = characters(w, text, false, w->candidate.chars);
    write_orders(&w->chars, o->chars, w->candidate.chars, n, w->reference.chars_count, new);
    if (o->words) {
        n = word_pieces(w, text, false, w->candidate.words);
        write_orders(&w->words, o->words, w->candidate.words, n, w->reference.words_count, new + 3 * o->chars);
    }
    double score = f_score(&o->score, new);
    if (score <= *best) return;
    *best = score;
    memcpy(row, new, sizeof *row * 3 * (size_t)(o->chars + o->words));
}

/* Rows of 3 * (chars + words) numbers. Each order is at most MOST_ORDERS. */
EXPORT int evalkit_chrf(const Batch *batch, Range range, int chars, int words, int whitespace, int eps_smoothing,
                        double factor, double factor_and_one, double *rows) {
    Work w = {.options = {chars, words, whitespace != 0, {chars + words, eps_smoothing != 0, factor, factor_and_one}}};
    bool ready = work_new(&w, batch, range);
    for (int64_t s = range.first; ready && s < range.end; s++) {
        for (int64_t y = 0; y < batch->system_count; y++) w.best[y] = -1;
        for (int64_t r = 0; r < batch->reference_count; r++) {
            if (!has_text(batch, r, s)) continue;
            read_reference(&w, text_at(&batch->references[r], s));
            for (int64_t y = 0; y < batch->system_count; y++) {
                double *row = row_at(batch, rows, y, s, 3 * (chars + words));
                keep_better(&w, text_at(&batch->systems[y], s), row, w.best + y);
            }
        }
    }
    memory_free(&w.memory);
    return ready ? DONE : OUT_OF_MEMORY;
}
