/* Kills the process before the n-th system call that writes, so that a test can let a program die at each step.
 *
 * Preloaded: LD_PRELOAD=killat.so KILLAT_CONTROL=FILE. The file holds one 32-bit integer that is mapped and shared with
 * the test: n > 0 arms it, 0 leaves the program alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile int32_t *steps;

__attribute__((constructor)) static void open_control(void) {
    const char *path = getenv("KILLAT_CONTROL");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof(int32_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared != MAP_FAILED) steps = shared;
    close(file);
}

static void step(void) {
    if (steps && *steps > 0 && __sync_sub_and_fetch(steps, 1) == 0) kill(getpid(), SIGKILL);
}

#define INTERPOSE(result, name, parameters, ...)                                 \
    result name parameters {                                                     \
        static result(*real) parameters;                                         \
        if (!real) real = (result(*) parameters)dlsym(RTLD_NEXT, #name);          \
        step();                                                                  \
        return real(__VA_ARGS__);                                                \
    }

INTERPOSE(ssize_t, write, (int file, const void *from, size_t length), file, from, length)
INTERPOSE(ssize_t, writev, (int file, const struct iovec *parts, int count), file, parts, count)
INTERPOSE(ssize_t, pwrite64, (int file, const void *from, size_t length, off64_t at), file, from, length, at)
INTERPOSE(ssize_t, sendmsg, (int file, const struct msghdr *message, int flags), file, message, flags)
INTERPOSE(int, fdatasync, (int file), file)
INTERPOSE(int, fsync, (int file), file)
