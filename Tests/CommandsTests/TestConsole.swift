import CostModel
import Synchronization

@testable import Commands

/// Runs the tool in this process and keeps what it says.
struct Said {
    var code: Int32
    var output: String
    var error: String

    @discardableResult
    init(_ words: String...) { self.init(words) }

    /// - Parameter width: of the terminal; without one stdout is a pipe.
    init(_ words: [String], width: Int? = nil, environment: [String: String] = [:]) {
        let streams = Streams()
        let console = Console(
            writeOutput: { bytes in streams.output.withLock { $0 += bytes } },
            writeError: { text in streams.error.withLock { $0 += text } },
            outputWidth: width, environment: environment,
            clock: { Instant(seconds: 1_793_491_200) })
        code = Tool.run(words, console: console)
        output = String(decoding: streams.output.withLock { $0 }, as: UTF8.self)
        error = streams.error.withLock { $0 }
    }

    private final class Streams: Sendable {
        let output = Mutex<[UInt8]>([])
        let error = Mutex("")
    }
}
