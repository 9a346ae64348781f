/* Segment statistics for BLEU, chrF, TER and word or character error rates.
 *
 * The definitions are those of sacrebleu 2.6.0 and jiwer 4.0.0 (with rapidfuzz 3.14.6); every number is
 * theirs to the last bit. Nothing here knows of Python: texts come in as UTF-8, rows go out as doubles.
 *
 * Memory: each exported function asks for all it needs, sized by the longest texts it is given, before
 * it starts, and returns OUT_OF_MEMORY if it cannot have it. After that nothing can fail. Texts are
 * untrusted: bytes that are no UTF-8 give wrong numbers at worst, never a read outside the buffer.
 */
#ifndef EVALKIT_KERNEL_H
#define EVALKIT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { DONE = 0, OUT_OF_MEMORY = 1 };

/* All memory of one call: taken before it starts counting, freed together. */
typedef struct {
    void *blocks[32];
    int count;
    bool failed; /* some of it could not be had */
} Memory;

/* Room for `count` things of `size` bytes, NULL where it cannot be had. */
void *memory_take(Memory *memory, size_t count, size_t size);
void memory_free(Memory *memory);

/* Row value that says: this one is for the library. */
#define LEFT_TO_LIBRARY (-1.0)

typedef struct {
    const uint8_t *bytes;
    size_t length;
} Text;

/* One side: a system's or a reference's texts, one per segment. Text s is bytes[bounds[2 s]] .. bytes[bounds[2 s + 1] - 1];
 * there is none where bounds[2 s + 1] is negative. */
typedef struct {
    const uint8_t *bytes;
    const int64_t *bounds;
} Side;

/* A batch: all systems against the same references. Segments first .. end - 1 are counted, so that several threads may
 * share a batch; rows are written at their place among all `segments`, system by system. */
typedef struct {
    const Side *systems, *references;
    int64_t system_count, reference_count, segments;
} Batch;

typedef struct {
    int64_t first, end;
} Range;

/* A text of a side, empty where there is none. */
static inline Text text_at(const Side *side, int64_t segment) {
    const int64_t *bounds = side->bounds + 2 * segment;
    if (bounds[1] < 0) return (Text){side->bytes, 0};
    return (Text){side->bytes + bounds[0], (size_t)(bounds[1] - bounds[0])};
}

/* Whether a reference has a text for a segment. Where none has, the first counts as empty: an addition. */
bool has_text(const Batch *batch, int64_t reference, int64_t segment);

/* The row of a segment in a table of rows of `width` numbers. */
static inline double *row_at(const Batch *batch, double *rows, int64_t system, int64_t segment, int64_t width) {
    return rows + (system * batch->segments + segment) * width;
}

/* The longest candidate, the longest reference, and the most bytes all references of a segment have. */
typedef struct {
    size_t candidate, reference, references;
} Longest;

Longest longest_texts(const Batch *batch, Range range);

/* The larger of the two lengths that a buffer for any single text must hold. */
static inline size_t longest_text(Longest longest) {
    return longest.candidate > longest.reference ? longest.candidate : longest.reference;
}

/* ---- characters (text.c) ------------------------------------------------------------------------ */

/* What str.isspace, str.split and str.strip of Python take for white space. */
bool is_space_beyond_ascii(uint32_t c);

static inline bool is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    return is_space_beyond_ascii(c);
}

/* The character at *at, which moves behind it. A broken sequence gives its first byte. */
static inline uint32_t next_char(Text text, size_t *at) {
    const uint8_t *p = text.bytes + *at;
    size_t left = text.length - *at;
    uint32_t c = p[0];
    if (c < 0x80 || left < 2 || c < 0xC0) {
        *at += 1;
        return c;
    }
    if (c < 0xE0) {
        *at += 2;
        return (c & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (c < 0xF0 && left >= 3) {
        *at += 3;
        return (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    if (c < 0xF8 && left >= 4) {
        uint32_t wide = (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
        *at += 4;
        return wide < 0x110000 ? wide : 0xFFFD;
    }
    *at += 1;
    return c;
}

/* str.rstrip and str.strip. */
Text strip_right(Text text);
Text strip(Text text);

/* ---- bits ---------------------------------------------------------------------------------------- */

/* Bits in a 64-bit word. */
static inline int count_bits(uint64_t x) {
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (int)(x * 0x0101010101010101u >> 56);
}

/* The number of the lowest bit of a word that is not 0. */
static inline int lowest_bit(uint64_t x) {
#ifdef __GNUC__
    return __builtin_ctzll(x);
#else
    return count_bits((x & (0 - x)) - 1);
#endif
}

/* ---- words (tokenise.c) ------------------------------------------------------------------------- */

typedef enum { TOK_NONE, TOK_13A, TOK_ZH, TOK_CHAR, TOK_INTL } Tokeniser;
typedef enum { OTHER, SPACE, ALONE, POINT, DASH, DIGIT, EDGE } CharClass;

typedef struct {
    Tokeniser kind;
    bool padded; /* the text counts as if spaces stood around it */
    uint8_t ascii[128];
    uint8_t special[256]; /* 0 for bytes that are characters of class OTHER */
} Rules;

Rules rules_of(Tokeniser kind);

/* The tokens of a text, in `tokens`, which has room for one per byte; returns their number. They point
 * into the text or into `scratch`, which has room for the text. */
size_t tokenise(const Rules *rules, Text text, uint8_t *scratch, Text *tokens);

/* Words as jiwer's default transformation finds them; the same contract. */
size_t jiwer_words(Text text, Text *tokens);

/* ---- numbers for words and characters (vocabulary.c) -------------------------------------------- */

/* The distinct words of the references of one segment, numbered from 1 in the order they came. */
typedef struct {
    uint64_t end;    /* the last bytes, up to 8, see `last_bytes` */
    uint32_t length; /* of a word longer than 8 bytes: 9 */
    uint32_t number; /* 0 where free */
} WordSlot;

typedef struct {
    WordSlot *slots; /* by hash */
    size_t mask, capacity;
    Text *words; /* by number; their bytes are in `bytes` */
    uint8_t *bytes;
    size_t used_bytes;
    uint32_t size;
} Vocabulary;

void vocabulary_new(Vocabulary *v, Memory *memory, size_t most_words, size_t most_bytes);
/* Forgets all words; at most `expected` are going to be added. */
void vocabulary_clear(Vocabulary *v, size_t expected);
/* The word's number, given to it now if it has none. The word stands in a text, at or behind `first`. */
uint32_t vocabulary_add(Vocabulary *v, Text word, const uint8_t *first);
/* The word's number, 0 if it has none. */
uint32_t vocabulary_find(const Vocabulary *v, Text word, const uint8_t *first);

/* The same for characters: a table by code point, emptied by going through what was added. */
#define MOST_CHARS 65535
typedef struct {
    uint16_t *number;
    uint32_t *added;
    uint32_t size;
} Alphabet;

void alphabet_new(Alphabet *a, Memory *memory);
void alphabet_clear(Alphabet *a);

/* ---- n-grams (ngrams.c) ------------------------------------------------------------------------- */

#define MOST_ORDERS 16

/* Counts of the n-grams of a reference, all orders in one open-addressing table.
 *
 * An n-gram is a run of numbers (words or characters, from 1). Where all of them fit, its key is the
 * numbers side by side in 64 bits, which is exact. Where they do not, its key is the slot of the n-gram
 * without its last number, and that number: exact as well, but each probe waits for the one before. */
typedef struct {
    uint64_t *keys; /* 0 where free */
    uint32_t *counts;
    uint32_t *used; /* for the text at hand: how many it has had, or may still take */
    size_t mask, capacity;
    int order, bits; /* bits 0: keys by slot */
    bool empty;
} Ngrams;

void ngrams_new(Ngrams *t, Memory *memory, size_t most_ngrams);
/* Empties the table for n-grams up to `order` of at most `symbols` symbols numbered 1 .. `largest`. */
void ngrams_clear(Ngrams *t, size_t symbols, int order, uint32_t largest);
/* Raises each count to that of these symbols: the union of references that BLEU counts against. */
void ngrams_add(Ngrams *t, const uint32_t *symbols, size_t n);
/* matches[k] = sum over (k + 1)-grams of the smaller of the two counts. Symbol 0 matches nothing. */
void ngrams_match(Ngrams *t, const uint32_t *symbols, size_t n, double *matches);

/* ---- scores (scores.c) -------------------------------------------------------------------------- */

/* How chrF is computed of a row: orders of characters and words together, beta squared, and one more. */
typedef struct {
    int orders;
    bool eps_smoothing;
    double factor, factor_and_one;
} FScore;

double f_score(const FScore *options, const double *row);

/* Which error rate; `cer` is WER's formula over characters. */
typedef enum { RATE_WER, RATE_MER, RATE_WIL } Rate;

double error_rate(int rate, const double *row);

#endif
