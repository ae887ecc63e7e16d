// What SQLite does here through its C API, on a copy of the portal's own store: the statements that write a chat
// message, and those that read an inbox and a page.
//
//   rawstore write STORE GROUP SECONDS    messages, GROUP of them a transaction
//   rawstore read STORE SECONDS           inboxes, then pages of 50
//
// Prints one line of JSON; times in microseconds.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *store;

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(store));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(store, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void text(sqlite3_stmt *statement, int place, const char *value) {
    check(sqlite3_bind_text(statement, place, value, -1, SQLITE_STATIC));
}

// Runs to the end and gives the number of rows.
static int finish(sqlite3_stmt *statement) {
    int rows = 0, code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows++;
    check(code);
    check(sqlite3_reset(statement));
    return rows;
}

static void open_store(const char *path) {
    check(sqlite3_open_v2(path, &store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    check(sqlite3_exec(
        store,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000",
        NULL, NULL, NULL));
}

struct chat {
    char conversation[64], domain[64], author[64], people[160];
};

static struct chat chats[4096];

static int read_chats(void) {
    sqlite3_stmt *all = prepare(
        "SELECT conversationId, domainId, min(userId), min(userId) || ',' || max(userId) FROM member "
        "GROUP BY conversationId LIMIT 4096");
    int count = 0;
    for (; sqlite3_step(all) == SQLITE_ROW; count++) {
        char *places[] = {chats[count].conversation, chats[count].domain, chats[count].author, chats[count].people};
        for (int i = 0; i < 4; i++) snprintf(places[i], i == 3 ? 160 : 64, "%s", sqlite3_column_text(all, i));
    }
    check(sqlite3_finalize(all));
    if (!count) exit(3);
    return count;
}

static const char words[] = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut "
                            "labore et dolore magna aliqua ut enim ad minim veniam quis nostrud";

static const double warm_up = 0.5;

static void write_messages(int group, double limit) {
    int count = read_chats();
    // As many people, in pairs, as the portal has callers: other conversations are other pages to write.
    if (count > (group + 1) / 2) count = (group + 1) / 2;
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *count_on = prepare("UPDATE conversation SET lastSequence = lastSequence + 1 WHERE id = ?");
    sqlite3_stmt *sequence = prepare("SELECT lastSequence FROM conversation WHERE id = ?");
    sqlite3_stmt *message = prepare(
        "INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId, state, "
        "reason, segments, createdAt) VALUES (?, ?, ?, ?, ?, NULL, ?, NULL, ?, 'sent', NULL, 0, ?)");
    sqlite3_stmt *key = prepare("INSERT INTO messageKey (id, conversationId, sequence) VALUES (?, ?, ?)");
    sqlite3_stmt *member = prepare(
        "UPDATE member SET lastSequence = ?2, activity = ?3, isHidden = 0, "
        "unread = CASE WHEN userId = ?4 THEN 0 ELSE unread + 1 END, "
        "readUpTo = CASE WHEN userId = ?4 THEN ?2 ELSE readUpTo END WHERE conversationId = ?1");
    sqlite3_stmt *event = prepare("INSERT INTO event VALUES ((SELECT ifnull(max(offset), 0) + 1 FROM event), ?, "
                                  "'message.created', ?, ?, ?)");
    long written = 0, warmed = -1;
    double began = seconds(), took;
    do {
        // Warm is a log that has been round once: the portal's has, and growing a file costs more than writing in it.
        if (warmed < 0 && seconds() - began > warm_up) {
            warmed = written;
            began = seconds();
        }
        finish(begin);
        for (int i = 0; i < (warmed < 0 ? 64 : group); i++, written++) {
            struct chat *chat = &chats[written % count];
            char id[48], body[320];
            long moment = (long)(seconds() * 1e3);
            snprintf(id, sizeof id, "%08lx-0000-7000-8000-%012lx", moment & 0xffffffff, written);
            text(count_on, 1, chat->conversation);
            finish(count_on);
            text(sequence, 1, chat->conversation);
            if (sqlite3_step(sequence) != SQLITE_ROW) exit(1);
            int number = sqlite3_column_int(sequence, 0);
            finish(sequence);
            text(message, 1, chat->conversation);
            sqlite3_bind_int(message, 2, number);
            text(message, 3, id);
            text(message, 4, chat->domain);
            text(message, 5, chat->author);
            text(message, 6, words);
            text(message, 7, id);
            sqlite3_bind_int64(message, 8, moment);
            finish(message);
            text(key, 1, id);
            text(key, 2, chat->conversation);
            sqlite3_bind_int(key, 3, number);
            finish(key);
            text(member, 1, chat->conversation);
            sqlite3_bind_int(member, 2, number);
            sqlite3_bind_int64(member, 3, sqlite3_last_insert_rowid(store));
            text(member, 4, chat->author);
            finish(member);
            snprintf(
                body, sizeof body, "{\"conversationId\":\"%s\",\"messageId\":\"%s\",\"sequence\":%d}", chat->conversation,
                id, number);
            text(event, 1, chat->domain);
            text(event, 2, chat->people);
            text(event, 3, body);
            sqlite3_bind_int64(event, 4, moment);
            finish(event);
        }
        finish(commit);
        took = seconds() - began;
    } while (warmed < 0 || took < limit);
    printf("{\"per_s\":%.1f,\"messages\":%ld}\n", (double)(written - warmed) / took, written);
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// Asks for one row's key after the other, in no order; gives the median in microseconds.
static double median(const char *all, const char *sql, double limit, int *rows) {
    static double took[100000];
    static char keys[4096][2][64];
    int count = 0, asked = 0;
    sqlite3_stmt *list = prepare(all), *statement = prepare(sql);
    for (; count < 4096 && sqlite3_step(list) == SQLITE_ROW; count++)
        for (int i = 0; i < 2; i++) snprintf(keys[count][i], 64, "%s", sqlite3_column_text(list, i));
    check(sqlite3_finalize(list));
    if (!count) exit(3);
    double end = seconds() + limit;
    for (unsigned turn = 1; asked < 100000 && seconds() < end; turn = turn * 1103515245u + 12345u) {
        char(*key)[64] = keys[(turn >> 8) % (unsigned)count];
        double began = seconds();
        text(statement, 1, key[0]);
        text(statement, 2, key[1]);
        *rows = finish(statement);
        took[asked++] = seconds() - began;
    }
    qsort(took, (size_t)asked, sizeof *took, by_size);
    return took[asked / 2] * 1e6;
}

static void read_lists(double limit) {
    int conversations, messages;
    double inbox = median(
        "SELECT domainId, id FROM user",
        "SELECT member.*, conversation.kind, conversation.remote, conversation.title FROM member "
        "JOIN conversation ON conversation.id = member.conversationId "
        "WHERE member.domainId = ?1 AND member.userId = ?2 AND isHidden = 0 AND activity > 0 "
        "ORDER BY activity DESC LIMIT 51",
        limit / 2, &conversations);
    double page = median(
        "SELECT domainId, id FROM conversation WHERE lastSequence > 50",
        "SELECT * FROM message WHERE domainId = ?1 AND conversationId = ?2 ORDER BY sequence DESC LIMIT 51", limit / 2,
        &messages);
    printf(
        "{\"inbox_us\":%.1f,\"page_us\":%.1f,\"conversations\":%d,\"messages\":%d}\n", inbox, page, conversations,
        messages);
}

int main(int count, char **arguments) {
    if (count == 5 && !strcmp(arguments[1], "write")) {
        open_store(arguments[2]);
        write_messages(atoi(arguments[3]), atof(arguments[4]));
    } else if (count == 4 && !strcmp(arguments[1], "read")) {
        open_store(arguments[2]);
        read_lists(atof(arguments[3]));
    } else {
        fputs("rawstore write STORE GROUP SECONDS | rawstore read STORE SECONDS\n", stderr);
        return 2;
    }
    check(sqlite3_close_v2(store));
    return 0;
}
