// The token in every text, and what its arrival tells.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chatload.h"

static const char filler[] = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor ";
static const uint64_t ring_bits = 16384;

int make_text(char *out, int user, uint64_t sequence, uint64_t began) {
    int count = sprintf(out, "[[%x.%lx.%lx]] ", user, sequence, began);
    while (count < options.text_bytes) {
        int more = options.text_bytes - count;
        if (more > (int)sizeof filler - 1) more = sizeof filler - 1;
        memcpy(out + count, filler, (size_t)more);
        count += more;
    }
    out[count] = 0;
    return count;
}

// Whether the message comes for the first time.
static bool is_new(struct user *user, uint64_t sequence) {
    if (!user->received) user->received = calloc(ring_bits / 64, sizeof(uint64_t));
    if (sequence > user->newest) {
        for (uint64_t skipped = user->newest + 1; skipped <= sequence; skipped++)
            user->received[skipped / 64 % (ring_bits / 64)] &= ~(1ull << skipped % 64);
        user->newest = sequence;
    } else if (user->newest - sequence >= ring_bits) {
        return false;
    }
    uint64_t *word = &user->received[sequence / 64 % (ring_bits / 64)], bit = 1ull << sequence % 64;
    if (*word & bit) return false;
    *word |= bit;
    return true;
}

static void arrived(const char *token, int reader) {
    unsigned author;
    unsigned long sequence, began;
    if (sscanf(token, "[[%x.%lx.%lx]]", &author, &sequence, &began) != 3) return;
    if ((int)author != (reader ^ 1)) return; // one's own message, for one's other windows
    if (!is_new(&run.users[reader], sequence)) {
        run.doubled++;
        return;
    }
    run.received++;
    if (run.is_measuring) {
        run.received_in_window++;
        add_sample(&run.end_to_end, (double)(now() - began) / 1e3);
    }
    if (options.mode == CLOSED && !run.is_stopping) send_next();
}

// Returns how many bytes are done with; the start of a token that isn't whole stays.
size_t scan_tokens(const char *bytes, size_t count, int user) {
    size_t at = 0;
    while (at < count) {
        const char *start = memmem(bytes + at, count - at, "[[", 2);
        if (!start) return bytes[count - 1] == '[' ? count - 1 : count;
        const char *end = memmem(start, (size_t)(bytes + count - start), "]]", 2);
        if (!end) return (size_t)(start - bytes);
        arrived(start, user);
        at = (size_t)(end + 2 - bytes);
    }
    return at;
}
