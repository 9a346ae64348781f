/* Tokenizers of sacrebleu (13a, zh, intl, char, none) and the words of jiwer, each in one pass. */
#include "kernel.h"
#include "unicode_classes.h"

/* TokenizerZh._is_chinese_char. Two of its ranges are written '\u20000'..'\u2a6d6' and '\u2f800'..'\u2fa1d', which
 * Python reads as four hex digits and one more character: U+2000 "0" up to U+2A6D "6". A single character is between
 * them from U+2001 to U+2A6D, curly quotes and dashes included. */
static const uint32_t CHINESE[][2] = {
    {0x2001, 0x2A6D}, {0x2E80, 0x2EFF}, {0x2F00, 0x2FDF}, {0x2FF0, 0x2FFF}, {0x3000, 0x303F}, {0x3100, 0x312F},
    {0x31A0, 0x31BF}, {0x31C0, 0x31EF}, {0x3200, 0x32FF}, {0x3300, 0x33FF}, {0x3400, 0x4DB5}, {0x4E00, 0x9FA5},
    {0x9FA6, 0x9FBB}, {0xF900, 0xFA2D}, {0xFA30, 0xFA6A}, {0xFA70, 0xFAD9}, {0xFE10, 0xFE1F}, {0xFE30, 0xFE4F},
    {0xFF00, 0xFFEF}, {0x2F81, 0x2FA1}};

static bool is_chinese(uint32_t c) {
    if (c >= 0x4E00 && c <= 0x9FBB) return true;
    for (size_t i = 0; i < sizeof CHINESE / sizeof *CHINESE; i++)
        if (c >= CHINESE[i][0] && c <= CHINESE[i][1]) return true;
    return false;
}

/* Class of a character by its Unicode category: number, punctuation, symbol (generated table). */
static CharClass international_class(uint32_t c) {
    size_t low = 0, high = sizeof UNICODE_CLASSES / sizeof *UNICODE_CLASSES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > UNICODE_CLASSES[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof UNICODE_CLASSES / sizeof *UNICODE_CLASSES || c < UNICODE_CLASSES[low].first) return OTHER;
    switch (UNICODE_CLASSES[low].category) {
        case 'N': return DIGIT;
        case 'P': return POINT;
        default: return ALONE;
    }
}

static CharClass class_of(Tokeniser kind, uint32_t c) {
    if (is_space(c)) return SPACE;
    switch (kind) {
        case TOK_NONE: return OTHER;
        case TOK_CHAR: return ALONE;
        case TOK_INTL: return international_class(c);
        case TOK_13A:
        case TOK_ZH: break;
    }
    if (c >= 0x80) return kind == TOK_ZH && is_chinese(c) ? ALONE : OTHER;
    if (c >= '0' && c <= '9') return DIGIT;
    if (c == '.' || c == ',') return POINT;
    if (c == '-') return DASH;
    /* TokenizerRegexp's first expression: [{-~ [-` space-& (-+ :-@ /] */
    bool alone = (c >= '{' && c <= '~') || (c >= '[' && c <= '`') || (c >= ' ' && c <= '&') ||
                 (c >= '(' && c <= '+') || (c >= ':' && c <= '@') || c == '/';
    return alone ? ALONE : OTHER;
}

Rules rules_of(Tokeniser kind) {
    Rules rules = {kind, kind == TOK_13A, {0}, {0}};
    memset(rules.special + 128, 1, 128);
    for (uint32_t c = 0; c < 128; c++) {
        rules.ascii[c] = (uint8_t)class_of(kind, c);
        rules.special[c] = rules.ascii[c] != OTHER;
    }
    return rules;
}

/* Bit k: byte k of these 64 is special. */
typedef struct {
    size_t start, end;
    uint64_t special;
} Window;

/* The place of the first special byte from `at` on, the text's end if there is none. Bytes are looked at 64 at a time:
 * words are short, and a loop over their bytes would be left at a place that no processor foresees. */
static inline size_t next_special(const Rules *rules, Text text, size_t at, Window *window) {
    while (at < text.length) {
        if (at >= window->end) {
            size_t count = text.length - at < 64 ? text.length - at : 64;
            uint64_t bits = 0;
            for (size_t k = 0; k < count; k++) bits |= (uint64_t)rules->special[text.bytes[at + k]] << k;
            *window = (Window){at, at + count, bits};
        }
        uint64_t bits = window->special >> (at - window->start);
        if (bits) return at + (size_t)lowest_bit(bits);
        at = window->end;
    }
    return text.length;
}

static inline CharClass next_class(const Rules *rules, Text text, size_t *at) {
    uint8_t first = text.bytes[*at];
    if (first < 0x80) {
        *at += 1;
        return (CharClass)rules->ascii[first];
    }
    return class_of(rules->kind, next_char(text, at));
}

/* str.replace for bytes, in place; `to` is not longer than `from`. */
static size_t replace(uint8_t *bytes, size_t length, const char *from, const char *to) {
    size_t gone = strlen(from), come = strlen(to), out = 0;
    for (size_t at = 0; at < length;) {
        if (length - at >= gone && memcmp(bytes + at, from, gone) == 0) {
            memcpy(bytes + out, to, come);
            out += come;
            at += gone;
        } else {
            bytes[out++] = bytes[at++];
        }
    }
    return out;
}

/* Tokenizer13a's language-independent part. The order counts: "&amp;lt;" ends as "<". */
static Text unescaped(Text text, uint8_t *scratch) {
    if (!memchr(text.bytes, '\n', text.length) && !memchr(text.bytes, '<', text.length) &&
        !memchr(text.bytes, '&', text.length))
        return text;
    memcpy(scratch, text.bytes, text.length);
    size_t n = replace(scratch, text.length, "<skipped>", "");
    n = replace(scratch, n, "-\n", "");
    n = replace(scratch, n, "\n", " ");
    n = replace(scratch, n, "&quot;", "\"");
    n = replace(scratch, n, "&amp;", "&");
    n = replace(scratch, n, "&lt;", "<");
    n = replace(scratch, n, "&gt;", ">");
    return (Text){scratch, n};
}

/* sacrebleu runs several regular expressions over the text, then splits at white space. One pass gives
 * the same tokens, because an expression only ever puts spaces around single characters:
 *
 *   1. ALONE     always gets spaces ([{-~...] of 13a, Chinese characters of zh, \p{S} of intl).
 *   2. POINT     after a non-digit gets spaces: ([^0-9])([.,]) of 13a, (\P{N})(\p{P}) of intl. Matches do
 *                not overlap, so a point whose predecessor was itself taken as the second group of this
 *                expression is not taken; its successor may be again.
 *   3. POINT     before a non-digit gets spaces: ([.,])([^0-9]), (\p{P})(\P{N}). This sees the text after
 *                step 2. Two points never touch there (of two neighbours step 2 takes one and puts spaces
 *                around it), so overlaps play no part; and a following point, being no digit, will do.
 *   4. DASH      after a digit gets spaces: ([0-9])(-).
 *
 * At the edge of a text there is no neighbour to match (EDGE), unless the tokenizer pads with spaces. */
size_t tokenise(const Rules *rules, Text text, uint8_t *scratch, Text *tokens) {
    text = rules->kind == TOK_ZH ? strip(text) : strip_right(text);
    if (rules->kind == TOK_13A && text.length) text = unescaped(text, scratch);
    const CharClass edge = rules->padded ? SPACE : EDGE;
    CharClass before = edge;
    bool taken = false; /* by step 2: the character before */
    size_t count = 0, start = 0, at = 0;
    Window window = {0, 0, 0};
    while (at < text.length) {
        size_t here = next_special(rules, text, at, &window);
        if (here > at) {
            before = OTHER;
            taken = false;
            at = here;
            if (at == text.length) break;
        }
        CharClass class = next_class(rules, text, &at);
        bool alone = class == ALONE, takes = false;
        if (class == POINT) {
            takes = before != DIGIT && before != EDGE && !taken;
            size_t peek = at;
            CharClass after = at < text.length ? next_class(rules, text, &peek) : edge;
            alone = takes || (after != DIGIT && after != EDGE);
        } else if (class == DASH) {
            alone = before == DIGIT;
        }
        if (class == SPACE || alone) {
            if (here > start) tokens[count++] = (Text){text.bytes + start, here - start};
            if (alone) tokens[count++] = (Text){text.bytes + here, at - here};
            start = at;
        }
        before = class;
        taken = takes;
    }
    if (text.length > start) tokens[count++] = (Text){text.bytes + start, text.length - start};
    return count;
}

/* jiwer's default: RemoveMultipleSpaces (\s\s+ becomes one blank), Strip, then a split at blanks only. So
 * a single tab or no-break space inside the text is part of a word. */
size_t jiwer_words(Text text, Text *tokens) {
    text = strip(text);
    size_t count = 0, start = 0, at = 0;
    while (at < text.length) {
        size_t here = at, run = 0;
        uint32_t first = text.bytes[at];
        while (at < text.length) {
            size_t next = at;
            if (!is_space(next_char(text, &next))) break;
            run++;
            at = next;
        }
        if (!run) {
            next_char(text, &at);
        } else if (run > 1 || first == ' ') {
            if (here > start) tokens[count++] = (Text){text.bytes + start, here - start};
            start = at;
        }
    }
    if (text.length > start) tokens[count++] = (Text){text.bytes + start, text.length - start};
    return count;
}

/* The version of the `regex` package whose Unicode classes `intl` has here, and the digest of the classes. */
EXPORT const char *evalkit_classes(void) {
    return REGEX_CLASSES;
}
