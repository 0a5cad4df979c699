import Programs
import TestSupport
import Testing

@Suite("a program that is run")
struct ChildTests {
    private func shell(_ script: String, input: String = "", limit: Int = 1 << 20, deadline: Int = 120_000) -> Child {
        Child(
            program: "sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], input: Array(input.utf8), outputLimit: limit,
            deadline: deadline)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func failure(_ child: Child) -> Child.Failure? {
        do throws(Child.Failure) {
            _ = try child.run()
            return nil
        } catch {
            return error
        }
    }

    @Test("gets its input and gives both outputs and its exit code")
    func run() throws {
        let result = try shell("cat; echo problem >&2; exit 3", input: "hello").run()
        #expect(text(result.output) == "hello")
        #expect(text(result.errors) == "problem\n")
        #expect(result.code == 3)
        #expect(try shell("kill -9 $$").run().code == 137)
        #expect(try shell("cat").run().output.isEmpty, "an empty input is no terminal")
    }

    @Test("sees the environment it is given, no open file but three, and no terminal")
    func surroundings() throws {
        #expect(text(try shell("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=").run().output) == "PATH=/usr/bin:/bin\n")
        // The fourth is the listing's own.
        #expect(text(try shell("exec ls /proc/self/fd").run().output) == "0\n1\n2\n3\n")
        #expect(text(try shell("true </dev/tty || echo none").run().output) == "none\n")
    }

    @Test("passes more through both outputs than a pipe holds")
    func large() throws {
        let result = try shell("head -c 700000 /dev/zero >&2; head -c 700000 /dev/zero").run()
        #expect(result.output.count == 700_000)
        #expect(result.errors.count == 700_000)
    }

    @Test("is ended with its children when it says too much, takes too long, or is not wanted any more")
    func ended() throws {
        let folder = TemporaryDirectory()
        #expect(failure(shell("yes", limit: 1 << 16)) == .tooMuchOutput)
        // The child ignores the polite signal and would write the file.
        let stubborn = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > \(folder.path)/child; while :; do sleep 1; done' & wait; wait"
        #expect(failure(shell(stubborn, deadline: 300)) == .deadline)
        let child = text(try folder.read("child")).split(separator: "\n").joined()
        #expect(try shell("grep '^State:.[^Z]' /proc/\(child)/status").run().code != 0, "its child lives on")
        var unwanted = shell("sleep 100")
        unwanted.interrupt = { .cancelled }
        #expect(failure(unwanted) == .interrupted(.cancelled))
    }

    @Test("is not waited for longer than it lives, whoever holds its outputs")
    func leftBehind() throws {
        let result = try shell("echo done; setsid sleep 30 &").run()
        #expect(text(result.output) == "done\n")
    }

    @Test("that does not exist is told apart")
    func missing() throws {
        #expect(failure(Child(program: "bursar-no-such-program", arguments: [], environment: [:], deadline: 1_000)) == .missing)
    }
}
