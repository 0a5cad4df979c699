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
        let hidden = ["PWD", "_", "SHLVL", "OLDPWD", "BURSAR_PROGRAM"].map { "-e ^\($0)=" }.joined(separator: " ")
        #expect(text(try shell("env | grep -v \(hidden)").run().output) == "PATH=/usr/bin:/bin\n")
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

    private static let untilLeft = "until test -s left; do sleep 0.01; done"

    private func leaves(_ folder: TemporaryDirectory) throws -> Bool {
        let process = text(try folder.read("left")).split(separator: "\n").joined()
        return try shell("grep -q '^State:.[^Z]' /proc/\(process)/status").run().code == 0
    }

    @Test("is ended with all that it started, in whatever session that is and whether its parents live", arguments: leaving)
    func tree(script: String) throws {
        let folder = TemporaryDirectory()
        var child = shell("\(script)\nwait; sleep 600")
        child.folder = folder.path
        child.interrupt = { (try? folder.read("left"))?.isEmpty == false ? .cancelled : nil }
        #expect(failure(child) == .interrupted(.cancelled))
        #expect(try !leaves(folder))
    }

    @Test("leaves nobody behind that it started when it ends by itself, unless it may", arguments: leaving)
    func ending(script: String) throws {
        let folder = TemporaryDirectory()
        var child = shell("\(script)\n\(Self.untilLeft); exit 0")
        child.folder = folder.path
        #expect(try child.run().code == 0)
        #expect(try !leaves(folder))
        child.mayLeaveOthers = true
        try folder.write("", to: "left")
        #expect(try child.run().code == 0)
        #expect(try leaves(folder))
        let process = text(try folder.read("left")).split(separator: "\n").joined()
        _ = try shell("kill -9 \(process)").run()
    }

    @Test("is ended with who emptied the environment while its parents live")
    func emptied() throws {
        let folder = TemporaryDirectory()
        var child = shell("env -i setsid /bin/\(leaver) & wait")
        child.folder = folder.path
        child.interrupt = { (try? folder.read("left"))?.isEmpty == false ? .cancelled : nil }
        #expect(failure(child) == .interrupted(.cancelled))
        #expect(try !leaves(folder))
    }

    @Test("that does not exist is told apart")
    func missing() throws {
        #expect(failure(Child(program: "bursar-no-such-program", arguments: [], environment: [:], deadline: 1_000)) == .missing)
    }
}

/// Each leaves its number in a file, and would live for ten minutes.
private let leaver = #"sh -c 'echo $$ > left; exec sleep 600'"#
private let stubbornLeaver = #"sh -c 'trap "" TERM HUP INT; echo $$ > left; while :; do sleep 1; done'"#
private let leaving = [
    "setsid \(leaver) &", "setsid setsid \(leaver) &", "(setsid \(leaver) &)", "(setsid \(stubbornLeaver) & exit 0) &",
    "nohup setsid \(leaver) > /dev/null 2>&1 &", "setsid \(leaver) < /dev/null > /dev/null 2>&1 &", "set -m; \(leaver) &",
    "(\(stubbornLeaver) &)",
]
