package import CostModel

extension InstanceCatalog {
    /// AWS's instance types whose vCPU, memory and price are known: Linux, on demand, us-east-1.
    package static let builtIn = InstanceCatalog(source: BuiltInCatalog.source, entries: BuiltInCatalog.entries)
}

/// The catalogue that comes with the program.
///
/// Prices of 2026-07-20 and sizes as karpenter-provider-aws publishes them (Apache-2.0, commit 1d927085), with memory from
/// kubernetes/autoscaler (commit 55c37cd5). A workspace may replace any of them.
enum BuiltInCatalog {
    static let source = "AWS on demand, Linux, us-east-1, of 2026-07-20, as published by karpenter-provider-aws"

    static var entries: [InstanceCatalog.Entry] {
        pieces(of: aws[...], between: "\n").flatMap { line in
            let words = pieces(of: line, between: " ")
            return words.dropFirst(2).map { entry(of: $0, family: String(words[0]), architecture: String(words[1])) }
        }
    }

    /// By bytes: the text is ASCII, and every evaluation waits for it.
    private static func pieces(of text: Substring, between separator: Unicode.Scalar) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: separator)).map { Substring($0) }
    }

    private static func entry(of word: Substring, family: String, architecture: String) -> InstanceCatalog.Entry {
        let parts = pieces(of: word, between: ":")
        guard parts.count == 4, let vcpu = Int(parts[1]), let memory = Int(parts[2]), let hourly = try? FixedDecimal(String(parts[3]))
        else {
            // The text is part of the program, and a test reads all of it.
            preconditionFailure("the built-in catalogue holds '\(word)'")
        }
        return InstanceCatalog.Entry(
            name: "\(family).\(parts[0])", family: family, vcpu: vcpu, memoryMiB: memory, architecture: architecture, hourly: hourly)
    }
}
