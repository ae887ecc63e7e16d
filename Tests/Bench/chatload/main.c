// chatload -m write|closed|open|idle -P PORT -u USERS.TSV -n USERS [-c OUTSTANDING] [-r RATE] [-d SECONDS] [-x PID]
//
//   write   OUTSTANDING connections post one after the other, without event streams
//   closed  OUTSTANDING messages under way in all; the next is sent when one has arrived at its reader
//   open    messages start at RATE a second, by chance (Poisson); the time counts from when one was meant to start
//   idle    an event stream a user, and nothing else: the server's memory for each
//
// Prints one line of JSON; times in microseconds.
#define _GNU_SOURCE
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "chatload.h"

struct options options = {.users = 2, .outstanding = 1, .text_bytes = 160, .rate = 100, .seconds = 3, .warm_up = 0.7};
struct run run;

static const int most_connecting = 100;
static const uint64_t second = 1000000000;

uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * second + (uint64_t)time.tv_nsec;
}

void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

static enum mode mode_named(const char *name) {
    static const char *names[] = {"write", "closed", "open", "idle"};
    for (int i = 0; i < 4; i++)
        if (!strcmp(name, names[i])) return (enum mode)i;
    die("there is no mode %s", name);
    return IDLE;
}

static void read_options(int count, char **arguments) {
    for (int option; (option = getopt(count, arguments, "m:P:u:n:c:r:d:w:x:s:")) != -1;) switch (option) {
        case 'm': options.mode = mode_named(optarg); break;
        case 'P': options.port = atoi(optarg); break;
        case 'u': options.users_file = optarg; break;
        case 'n': options.users = atoi(optarg); break;
        case 'c': options.outstanding = atoi(optarg); break;
        case 'r': options.rate = atof(optarg); break;
        case 'd': options.seconds = atof(optarg); break;
        case 'w': options.warm_up = atof(optarg); break;
        case 'x': options.pid = atoi(optarg); break;
        case 's': options.text_bytes = atoi(optarg); break;
        default: die("see the head of main.c for the options");
        }
    if (!options.users_file || !options.port) die("name the port with -P and the file of users with -u");
    if (options.mode != WRITE && options.users % 2) die("users talk in pairs: their number must be even");
    if (options.text_bytes > 8000) die("a text has 8000 bytes at most");
}

static int posts_each(void) {
    if (options.mode == IDLE) return 0;
    return (options.outstanding + options.users - 1) / options.users;
}

static void connect_all(void) {
    int posts = posts_each(), each = posts + (options.mode != WRITE), started = 0, ready_before = 0;
    uint64_t moved = now();
    while (run.ready < options.users * each) {
        while (started < options.users && started * each - run.ready < most_connecting) {
            struct user *user = &run.users[started];
            if (options.mode != WRITE) user->stream = open_connection(STREAM, started);
            user->posts = calloc((size_t)posts + 1, sizeof *user->posts);
            user->post_count = posts;
            for (int i = 0; i < posts; i++) user->posts[i] = open_connection(POSTING, started);
            started++;
        }
        poll_once((int64_t)second / 50);
        if (run.ready != ready_before) moved = now();
        ready_before = run.ready;
        if (now() - moved > 15 * second) die("%d of %d connections are ready", run.ready, options.users * each);
    }
}

static void start(void) {
    if (options.mode == CLOSED)
        for (int i = 0; i < options.outstanding; i++) send_next();
    if (options.mode == WRITE)
        for (int user = 0; user < options.users; user++)
            for (int i = 0; i < run.users[user].post_count; i++) post_message(run.users[user].posts[i], now());
}

// Sends what is due, and gives the nanoseconds until more is.
static int64_t send_due(uint64_t moment, uint64_t *next) {
    static int turn = 0;
    while (*next <= moment) {
        send_as(turn, *next);
        turn = (turn + 1) % options.users;
        *next += (uint64_t)(-log(1 - drand48()) / options.rate * 1e9);
    }
    return (int64_t)(*next - moment);
}

static void loop_until(uint64_t end, uint64_t *next) {
    for (uint64_t moment; (moment = now()) < end && run.dead < options.users;) {
        int64_t pause = (int64_t)(end - moment);
        if (options.mode == OPEN) {
            int64_t due = send_due(moment, next);
            if (due < pause) pause = due;
        }
        poll_once(pause < 50000000 ? pause : 50000000);
    }
}

static void measure(void) {
    uint64_t next = now();
    srand48(42);
    start();
    loop_until(now() + (uint64_t)(options.warm_up * 1e9), &next);
    run.is_measuring = true;
    uint64_t began = now();
    double server = server_cpu(), own = own_cpu();
    loop_until(began + (uint64_t)(options.seconds * 1e9), &next);
    run.is_measuring = false;
    run.is_stopping = true;
    double took = (double)(now() - began) / 1e9;
    server = server_cpu() - server;
    own = own_cpu() - own;
    uint64_t end = now() + 3 * second, *count = options.mode == WRITE ? &run.answered : &run.received;
    while (*count < run.sent && now() < end) poll_once(20000000);
    bool is_write = options.mode == WRITE;
    struct samples *samples = is_write ? &run.answers : &run.end_to_end;
    uint64_t done = is_write ? run.answered_in_window : run.received_in_window;
    sort_samples(samples);
    printf(
        "{\"per_s\":%.1f,\"p50_us\":%.0f,\"p99_us\":%.0f,\"max_us\":%.0f,\"server_cpu_s_per_10000\":%.3f,"
        "\"server_cpu_percent\":%.0f,\"load_cpu_percent\":%.0f,\"lost\":%ld,\"doubled\":%lu,\"refused\":%lu,\"dead\":%d}\n",
        (double)done / took, quantile(samples, 0.5), quantile(samples, 0.99), quantile(samples, 1),
        done ? server * 1e4 / (double)done : -1, server / took * 100, own / took * 100, (long)(run.sent - *count),
        run.doubled, run.refused, run.dead);
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    run.epoll = epoll_create1(0);
    read_users();
    double memory = server_memory();
    connect_all();
    if (options.mode != IDLE) {
        measure();
        return 0;
    }
    uint64_t end = now() + (uint64_t)(options.seconds * 1e9);
    double cpu = server_cpu();
    while (now() < end) poll_once((int64_t)second / 10);
    double after = server_memory();
    printf(
        "{\"streams\":%d,\"dead\":%d,\"before_kib\":%.0f,\"after_kib\":%.0f,\"kib_each\":%.2f,\"idle_cpu_percent\":%.1f}\n",
        run.ready, run.dead, memory, after, (after - memory) / options.users,
        (server_cpu() - cpu) / options.seconds * 100);
}
