// A load generator for the chat API: one thread, epoll, keep-alive POST connections and an event stream a user.
// Every text carries a token [[from.sequence.nanoseconds]], so that the receiving stream, in this same process, tells
// the time from end to end, losses and duplicates, whatever the JSON around it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mode { WRITE, CLOSED, OPEN, IDLE };
enum kind { POSTING, STREAM };

struct options {
    enum mode mode;
    int port, users, outstanding, pid, text_bytes;
    double rate, seconds, warm_up;
    const char *users_file;
};

struct buffer {
    char *bytes;
    size_t length, capacity;
};

struct connection {
    int fd, user;
    enum kind kind;
    bool is_ready, is_dead, wants_out, has_head, is_chunked, is_busy;
    int status;
    long body_length, chunk_left;
    uint64_t began;
    struct buffer in, out, events;
    size_t sent;
};

struct user {
    char *session, *conversation;
    struct connection *stream, **posts;
    int post_count, queued;
    uint64_t *queue; // when the waiting messages were meant to start
    int queue_capacity, queue_head;
    uint64_t sequence;          // of what the user sent last
    uint64_t newest, *received; // of what came in: the newest sequence, and a ring of bits below it
};

struct samples {
    float *values;
    size_t count, capacity;
};

struct run {
    int epoll, ready, dead;
    bool is_measuring, is_stopping;
    uint64_t sent, received, received_in_window, answered, answered_in_window, refused, doubled;
    struct samples end_to_end, answers;
    struct user *users;
};

extern struct options options;
extern struct run run;

uint64_t now(void);
void die(const char *format, ...);

void add_sample(struct samples *samples, double microseconds);
void sort_samples(struct samples *samples);
double quantile(const struct samples *samples, double part);

void append(struct buffer *buffer, const char *bytes, size_t count);
void drop(struct buffer *buffer, size_t count);

struct connection *open_connection(enum kind kind, int user);
void send_bytes(struct connection *connection, const char *bytes, size_t count);
void end_connection(struct connection *connection, const char *why);
void poll_once(int64_t nanoseconds);

void request_stream(struct connection *connection);
void post_message(struct connection *connection, uint64_t began);
void read_answer(struct connection *connection);
void read_stream(struct connection *connection);

int make_text(char *out, int user, uint64_t sequence, uint64_t began);
size_t scan_tokens(const char *bytes, size_t count, int user);

void read_users(void);
void send_as(int user, uint64_t began);
void send_next(void);
void post_is_free(struct connection *connection);

double server_cpu(void);
double own_cpu(void);
double server_memory(void);
