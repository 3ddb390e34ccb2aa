/* Ends the process at the n-th system call that changes a file: before it, or in the middle of it
   where it is a write. Loaded with LD_PRELOAD, so SQLite's, tantivy's and Python's calls are alike.
   Idle until armed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define IDLE (-1L)

static long target = IDLE;
static long passed = 0;

/* target 0 counts and never ends the process. */
void torture_arm(long n) { passed = 0; target = n; }
long torture_passed(void) { return passed; }

static int here(void) { return target != IDLE && ++passed == target; }

static int regular(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define STATUS 77

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (target != IDLE && regular(fd) && here()) { real(fd, data, size / 2); _exit(STATUS); }
    return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    if (target != IDLE && regular(fd) && here()) { real(fd, data, size / 2, at); _exit(STATUS); }
    return real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return pwrite64(fd, data, size, at);
}

#define WRAP(type, name, declared, passed_on, ...) \
    type name declared { \
        REAL(type, name, __VA_ARGS__); \
        if (here()) _exit(STATUS); \
        return real passed_on; \
    }

WRAP(int, fsync, (int fd), (fd), int)
WRAP(int, fdatasync, (int fd), (fd), int)
WRAP(int, msync, (void *at, size_t size, int flags), (at, size, flags), void *, size_t, int)
WRAP(int, ftruncate, (int fd, off_t size), (fd, size), int, off_t)
WRAP(int, ftruncate64, (int fd, off64_t size), (fd, size), int, off64_t)
WRAP(int, truncate, (const char *path, off_t size), (path, size), const char *, off_t)
WRAP(int, truncate64, (const char *path, off64_t size), (path, size), const char *, off64_t)
WRAP(int, rename, (const char *a, const char *b), (a, b), const char *, const char *)
WRAP(int, renameat, (int x, const char *a, int y, const char *b), (x, a, y, b), int, const char *,
     int, const char *)
WRAP(int, renameat2, (int x, const char *a, int y, const char *b, unsigned f), (x, a, y, b, f), int,
     const char *, int, const char *, unsigned)
WRAP(int, link, (const char *a, const char *b), (a, b), const char *, const char *)
WRAP(int, linkat, (int x, const char *a, int y, const char *b, int f), (x, a, y, b, f), int,
     const char *, int, const char *, int)
WRAP(int, unlink, (const char *path), (path), const char *)
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags), int, const char *, int)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
WRAP(int, rmdir, (const char *path), (path), const char *)
