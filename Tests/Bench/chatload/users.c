// Who sends, over which connection, and whose turn it is. Users 2i and 2i+1 talk with each other.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chatload.h"

// The file has a line for each: the session's cookie, tab, conversation.
void read_users(void) {
    static char line[4096];
    FILE *file = fopen(options.users_file, "r");
    if (!file) die("there is no file %s", options.users_file);
    run.users = calloc((size_t)options.users, sizeof *run.users);
    int count = 0;
    while (count < options.users && fgets(line, sizeof line, file)) {
        char *session = strtok(line, "\t\n"), *conversation = strtok(NULL, "\t\n");
        if (!session || !conversation) die("line %d of %s needs two columns", count + 1, options.users_file);
        run.users[count].session = strdup(session);
        run.users[count++].conversation = strdup(conversation);
    }
    fclose(file);
    if (count < options.users) die("%s has %d users only", options.users_file, count);
}

void send_as(int index, uint64_t began) {
    struct user *user = &run.users[index];
    for (int i = 0; i < user->post_count; i++) {
        struct connection *post = user->posts[i];
        if (post->is_ready && !post->is_dead && !post->is_busy) return post_message(post, began);
    }
    if (user->queued == user->queue_capacity) {
        int capacity = user->queue_capacity ? user->queue_capacity * 2 : 16;
        uint64_t *queue = malloc((size_t)capacity * sizeof *queue);
        for (int i = 0; i < user->queued; i++)
            queue[i] = user->queue[(user->queue_head + i) % user->queue_capacity];
        free(user->queue);
        user->queue = queue;
        user->queue_capacity = capacity;
        user->queue_head = 0;
    }
    user->queue[(user->queue_head + user->queued++) % user->queue_capacity] = began;
}

void send_next(void) {
    static int turn = 0;
    send_as(turn, now());
    turn = (turn + 1) % options.users;
}

void post_is_free(struct connection *connection) {
    struct user *user = &run.users[connection->user];
    if (options.mode == WRITE) {
        if (!run.is_stopping) post_message(connection, now());
    } else if (user->queued) {
        uint64_t began = user->queue[user->queue_head];
        user->queue_head = (user->queue_head + 1) % user->queue_capacity;
        user->queued--;
        post_message(connection, began);
    }
}
