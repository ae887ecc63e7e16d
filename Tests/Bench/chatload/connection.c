// Sockets that don't block, their buffers, and the loop that serves them.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chatload.h"

void append(struct buffer *buffer, const char *bytes, size_t count) {
    if (buffer->length + count + 1 > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity : 512;
        while (capacity < buffer->length + count + 1) capacity *= 2;
        buffer->bytes = realloc(buffer->bytes, buffer->capacity = capacity);
    }
    memcpy(buffer->bytes + buffer->length, bytes, count);
    buffer->length += count;
    buffer->bytes[buffer->length] = 0; // heads are searched as strings
}

void drop(struct buffer *buffer, size_t count) {
    if (!count) return;
    memmove(buffer->bytes, buffer->bytes + count, buffer->length - count);
    buffer->length -= count;
    buffer->bytes[buffer->length] = 0;
}

static void watch(struct connection *connection, bool wants_out, int operation) {
    if (operation == EPOLL_CTL_MOD && connection->wants_out == wants_out) return;
    connection->wants_out = wants_out;
    struct epoll_event event = {.events = EPOLLIN | (wants_out ? EPOLLOUT : 0), .data.ptr = connection};
    epoll_ctl(run.epoll, operation, connection->fd, &event);
}

struct connection *open_connection(enum kind kind, int user) {
    struct connection *connection = calloc(1, sizeof *connection);
    connection->kind = kind;
    connection->user = user;
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connection->fd < 0) die("no socket: %s", strerror(errno));
    int on = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection->fd, (void *)&address, sizeof address) < 0 && errno != EINPROGRESS)
        die("can't connect: %s", strerror(errno));
    watch(connection, true, EPOLL_CTL_ADD);
    return connection;
}

void end_connection(struct connection *connection, const char *why) {
    if (connection->is_dead) return;
    if (run.dead++ < 5) fprintf(stderr, "user %d: a connection ended: %s\n", connection->user, why);
    connection->is_dead = true;
    close(connection->fd);
}

static void flush(struct connection *connection) {
    while (connection->sent < connection->out.length) {
        ssize_t count = send(
            connection->fd, connection->out.bytes + connection->sent, connection->out.length - connection->sent,
            MSG_NOSIGNAL);
        if (count < 0 && errno == EAGAIN) return watch(connection, true, EPOLL_CTL_MOD);
        if (count < 0) return end_connection(connection, strerror(errno));
        connection->sent += (size_t)count;
    }
    connection->out.length = connection->sent = 0;
    watch(connection, false, EPOLL_CTL_MOD);
}

void send_bytes(struct connection *connection, const char *bytes, size_t count) {
    append(&connection->out, bytes, count);
    if (!connection->wants_out) flush(connection);
}

// A stream is ready when its first bytes came: before that it might miss events.
static bool connected(struct connection *connection) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        end_connection(connection, strerror(error));
        return false;
    }
    watch(connection, false, EPOLL_CTL_MOD);
    if (connection->kind == STREAM) {
        request_stream(connection);
    } else {
        run.ready++;
    }
    return connection->is_ready = true;
}

static void receive(struct connection *connection) {
    static char bytes[262144];
    ssize_t count = recv(connection->fd, bytes, sizeof bytes, 0);
    if (count == 0) return end_connection(connection, "closed by the server");
    if (count < 0) {
        if (errno != EAGAIN) end_connection(connection, strerror(errno));
        return;
    }
    append(&connection->in, bytes, (size_t)count);
    if (connection->kind == POSTING) {
        read_answer(connection);
    } else {
        read_stream(connection);
    }
}

void poll_once(int64_t nanoseconds) {
    struct epoll_event events[512];
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = epoll_pwait2(run.epoll, events, 512, &time, NULL);
    for (int i = 0; i < count; i++) {
        struct connection *connection = events[i].data.ptr;
        if (connection->is_dead) continue;
        if (!connection->is_ready) {
            if (events[i].events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) connected(connection);
            continue;
        }
        if (events[i].events & EPOLLOUT) flush(connection);
        if (!connection->is_dead && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(connection);
    }
}
