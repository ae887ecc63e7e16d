// What the server and this program use.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "chatload.h"

// In seconds, of all its threads.
double server_cpu(void) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", options.pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t count = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[count] = 0;
    unsigned long user = 0, system = 0;
    char *end = strrchr(text, ')');
    if (end) sscanf(end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

double own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Resident, in KiB.
double server_memory(void) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", options.pid);
    FILE *file = fopen(path, "r");
    double found = 0;
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, "VmRSS:", 6)) found = atof(line + 6);
    if (file) fclose(file);
    return found;
}
