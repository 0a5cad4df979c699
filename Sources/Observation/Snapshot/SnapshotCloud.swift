import CostModel
import JSON

/// What a snapshot holds of the cloud's own word.
enum SnapshotCloud {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> (CloudInventory, [ObservationProblem]) {
        var cloud = CloudInventory()
        var problems: [ObservationProblem] = []
        try reader.members(["problems", "resources"]) { (reader, key) throws(JSONError) in
            guard key == "resources" else {
                problems = try reader.problems()
                return
            }
            try reader.array { (reader) throws(JSONError) in
                var name = ""
                var parts: [[String: String]] = []
                var isFirst = true
                try reader.array { (reader) throws(JSONError) in
                    if isFirst { name = try reader.string() } else { parts.append(try Self.texts(&reader)) }
                    isFirst = false
                }
                guard !isFirst, (1...2).contains(parts.count), cloud.entries[name] == nil else {
                    throw reader.error("a resource of the cloud expected, each once")
                }
                cloud.entries[name] = CloudInventory.Entry(tags: parts.count > 1 ? parts[1] : nil, arguments: parts[0])
            }
        }
        return (cloud, problems)
    }

    private static func texts(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var texts: [String: String] = [:]
        try reader.object { (reader, key) throws(JSONError) in texts[key.string] = try reader.string() }
        return texts
    }
}
