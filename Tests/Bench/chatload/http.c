// What is said over the connections: POSTs and their answers, the event stream and its chunks.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "chatload.h"

void request_stream(struct connection *connection) {
    char head[1024];
    int count = snprintf(
        head, sizeof head,
        "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: patchbay=%s\r\n\r\n",
        run.users[connection->user].session);
    send_bytes(connection, head, (size_t)count);
}

void post_message(struct connection *connection, uint64_t began) {
    static char text[9000], body[10000], request[12000];
    struct user *user = &run.users[connection->user];
    uint64_t sequence = ++user->sequence;
    make_text(text, connection->user, sequence, began);
    int length = snprintf(
        body, sizeof body, "{\"text\":\"%s\",\"clientId\":\"%x-%d-%lx\"}", text, (unsigned)time(NULL), getpid(), sequence);
    int count = snprintf(
        request, sizeof request,
        "POST /api/v1/conversations/%s/messages HTTP/1.1\r\nHost: localhost\r\nCookie: patchbay=%s\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        user->conversation, user->session, length, body);
    connection->is_busy = true;
    connection->began = began;
    run.sent++;
    send_bytes(connection, request, (size_t)count);
}

static const char *field(const char *head, const char *name) {
    size_t length = strlen(name);
    for (const char *line = head; (line = strstr(line, "\r\n"));) {
        line += 2;
        if (!strncasecmp(line, name, length) && line[length] == ':') return line + length + 1;
    }
    return NULL;
}

// Takes the head off the input; false while it isn't whole.
static bool read_head(struct connection *connection) {
    char *end = memmem(connection->in.bytes, connection->in.length, "\r\n\r\n", 4);
    if (!end) return false;
    *end = 0;
    const char *length = field(connection->in.bytes, "content-length");
    const char *coding = field(connection->in.bytes, "transfer-encoding");
    connection->status = atoi(connection->in.bytes + 9);
    connection->body_length = length ? atol(length) : 0;
    connection->is_chunked = coding && strstr(coding, "chunked");
    connection->has_head = true;
    drop(&connection->in, (size_t)(end + 4 - connection->in.bytes));
    return true;
}

void read_answer(struct connection *connection) {
    if (!connection->has_head && !read_head(connection)) return;
    if ((long)connection->in.length < connection->body_length) return;
    uint64_t moment = now();
    bool is_fine = connection->status / 100 == 2;
    if (!is_fine && run.refused++ < 5)
        fprintf(stderr, "HTTP %d: %.300s\n", connection->status, connection->in.bytes);
    drop(&connection->in, (size_t)connection->body_length);
    connection->has_head = connection->is_busy = false;
    if (is_fine) {
        run.answered++;
        if (run.is_measuring) {
            run.answered_in_window++;
            add_sample(&run.answers, (double)(moment - connection->began) / 1e3);
        }
    }
    post_is_free(connection);
}

void read_stream(struct connection *connection) {
    if (!connection->has_head) {
        if (!read_head(connection)) return;
        if (connection->status != 200) return end_connection(connection, "the event stream was refused");
        if (!connection->is_chunked) return end_connection(connection, "the event stream isn't chunked");
    }
    size_t at = 0;
    struct buffer *in = &connection->in;
    while (at < in->length) {
        if (!connection->chunk_left) {
            // The line break that ends a chunk stands before the next one's length.
            size_t start = in->bytes[at] == '\r' ? at + 2 : at;
            char *line = start < in->length ? memmem(in->bytes + start, in->length - start, "\r\n", 2) : NULL;
            if (!line) break;
            connection->chunk_left = strtol(in->bytes + start, NULL, 16);
            at = (size_t)(line + 2 - in->bytes);
            if (!connection->chunk_left) return end_connection(connection, "the event stream ended");
        }
        size_t count = in->length - at;
        if (count > (size_t)connection->chunk_left) count = (size_t)connection->chunk_left;
        if (!connection->events.capacity && count) run.ready++;
        append(&connection->events, in->bytes + at, count);
        connection->chunk_left -= (long)count;
        at += count;
    }
    drop(in, at);
    drop(&connection->events, scan_tokens(connection->events.bytes, connection->events.length, connection->user));
}
