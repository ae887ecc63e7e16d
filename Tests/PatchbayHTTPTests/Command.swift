import Glibc

/// A program of the system, for what the tests want from others.
enum Command {
    /// Runs a program and gives its exit code. Foundation's `Process` reads past a directory's end where hundreds of files
    /// are open, as in a run of all tests, and crashes.
    static func run(_ words: [String]) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var program = pid_t()
        guard posix_spawnp(&program, words[0], &actions, nil, &arguments, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(program, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        return status
    }
}
