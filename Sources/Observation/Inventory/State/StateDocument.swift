import CostModel
import JSON

/// Picks out of a state's JSON what a state reader needs.
struct StateDocument {
    private(set) var version: String?
    private(set) var hasResources = false
    private(set) var resources: [String: TerraformState.Entry] = [:]
    /// The first thing that has another shape than a state's.
    private(set) var problem: String?

    mutating func read(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.peek() == .object else {
            problem = "it is not an object"
            try reader.skip()
            return
        }
        try reader.object { (reader, key) throws(JSONError) in
            switch (key, try reader.peek()) {
            case ("version", .number): version = try reader.numberText()
            case ("resources", .array):
                hasResources = true
                // Of a key that stands twice the last one counts, as in Terraform.
                resources = [:]
                try reader.array { (reader) throws(JSONError) in try readResource(&reader) }
            default: try reader.skip()
            }
        }
    }

    private struct Instance {
        var suffix = ""
        var isDeposed = false
        var attributes: [String: String] = [:]
        var tags: [String: String]?
        var addresses: [String] = []
    }

    private mutating func readResource(_ reader: inout JSONReader) throws(JSONError) {
        guard try reader.peek() == .object else {
            problem = problem ?? "a resource is not an object"
            return try reader.skip()
        }
        var texts: [String: String] = [:]
        var instances: [Instance]?
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "module", "mode", "type", "name": texts[key.string] = try reader.stringIfPresent()
            case "instances" where try reader.peek() == .array:
                var read: [Instance] = []
                try reader.array { (reader) throws(JSONError) in read.append(try readInstance(&reader)) }
                instances = read
            default: try reader.skip()
            }
        }
        guard let type = texts["type"], let name = texts["name"], let mode = texts["mode"] else {
            problem = problem ?? "a resource has no mode, type or name"
            return
        }
        guard mode == "managed" else { return }
        guard let instances else {
            problem = problem ?? "a resource has no list of instances"
            return
        }
        let base = (texts["module"].map { $0 + "." } ?? "") + "\(type).\(name)"
        for instance in instances where !instance.isDeposed {
            resources[base + instance.suffix] = TerraformState.Entry(type: type, deployed: Self.deployed(type, instance))
        }
    }

    private mutating func readInstance(_ reader: inout JSONReader) throws(JSONError) -> Instance {
        var instance = Instance()
        var secret = Secret()
        guard try reader.peek() == .object else {
            problem = problem ?? "an instance is not an object"
            try reader.skip()
            return instance
        }
        try reader.object { (reader, key) throws(JSONError) in
            switch (key, try reader.peek()) {
            case ("index_key", .number): instance.suffix = "[\(try reader.numberText())]"
            case ("index_key", .string): instance.suffix = "[\(InstanceKey.quoted(try reader.string()))]"
            case ("index_key", let kind) where kind != .null:
                // Which instance it is cannot be told, and another one must not be taken for it.
                problem = problem ?? "an instance has a key that is neither a number nor a text"
                try reader.skip()
            case ("deposed", .string):
                instance.isDeposed = true
                try reader.skip()
            case ("attributes", .object): (instance.attributes, instance.tags, instance.addresses) = try Self.attributes(&reader)
            case ("sensitive_attributes", .array): secret = try Self.secret(&reader)
            default: try reader.skip()
            }
        }
        if secret.isAll || !secret.names.isDisjoint(with: Self.tags) { instance.tags = nil }
        if secret.isAll || !secret.names.isDisjoint(with: Self.addresses) { instance.addresses = [] }
        instance.attributes = instance.attributes.filter { !secret.isAll && !secret.names.contains($0.key) }
        return instance
    }

    private static let wanted: Set<String> = [
        "id", "arn", "self_link", "region", "location", "availability_zone", "instance_type", "instance_class", "node_type", "machine_type",
        "vm_size", "size", "instance_id", "disk_id", "project", "zone",
    ]

    /// What logs of traffic call it. An Elastic IP states the private address of what it is given to, which is not its own.
    private static let addresses: Set<String> = [
        "private_ip", "public_ip", "private_ip_address", "public_ip_address", "private_ips", "secondary_private_ips",
        "secondary_private_ip_addresses", "ipv6_addresses", "network_interface_id", "primary_network_interface_id", "bucket", "domain_name",
        "cidr_block", "ipv6_cidr_block",
    ]
    private static let addressed: Set<String> = [
        "aws_instance", "aws_spot_instance_request", "aws_nat_gateway", "aws_network_interface", "aws_s3_bucket",
        "aws_cloudfront_distribution", "aws_subnet",
    ]

    /// The attribute with the number that a type's resources have in Google's bill.
    private static let numbers = ["google_compute_instance": "instance_id", "google_compute_disk": "disk_id"]

    /// All tags, best first: what the provider says is there with its defaults, and what it calls its own.
    private static let tags = ["tags_all", "effective_labels", "tags", "labels", "resource_labels", "user_labels"]

    private static func attributes(
        _ reader: inout JSONReader
    ) throws(JSONError) -> ([String: String], tags: [String: String]?, addresses: [String]) {
        var result: [String: String] = [:]
        var addresses: [String] = []
        var found: [String: [String: String]] = [:]
        try reader.object { (reader, key) throws(JSONError) in
            let key = key.string
            switch try reader.peek() {
            case .string where wanted.contains(key): result[key] = try reader.string()
            case .number where wanted.contains(key): result[key] = try reader.numberText()
            case .object where tags.contains(key): found[key] = try texts(&reader)
            case .string where Self.addresses.contains(key): addresses.append(try reader.string())
            case .array where Self.addresses.contains(key):
                try reader.array { (reader) throws(JSONError) in if let text = try reader.stringIfPresent() { addresses.append(text) } }
            default: try reader.skip()
            }
        }
        return (result, tags.lazy.compactMap { found[$0] }.first, addresses.filter { !$0.isEmpty })
    }

    private static func texts(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var result: [String: String] = [:]
        try reader.object { (reader, key) throws(JSONError) in result[key.string] = try reader.stringIfPresent() }
        return result
    }

    /// Which attributes Terraform does not show, wholly or of which a part.
    private struct Secret {
        var names: Set<String> = []
        var isAll = false
    }

    /// `[[{"type": "get_attr", "value": "tags"}, …]]`: each path begins with an attribute; the empty one is the whole.
    private static func secret(_ reader: inout JSONReader) throws(JSONError) -> Secret {
        var secret = Secret()
        try reader.array { (reader) throws(JSONError) in
            guard try reader.peek() == .array else { return try reader.skip() }
            var isFirst = true
            var name: String?
            try reader.array { (reader) throws(JSONError) in
                defer { isFirst = false }
                guard isFirst, try reader.peek() == .object else { return try reader.skip() }
                try reader.object { (reader, key) throws(JSONError) in
                    guard key == "value" else { return try reader.skip() }
                    name = try reader.stringIfPresent()
                }
            }
            // What cannot be read may be any of them.
            if let name { secret.names.insert(name) } else { secret.isAll = true }
        }
        return secret
    }

    private static func deployed(_ type: String, _ instance: Instance) -> Resource.Deployed {
        let attributes = instance.attributes
        let arn = attributes["arn"].flatMap { $0.isEmpty ? nil : $0 }
        // arn:partition:service:region:account:resource
        let parts = arn?.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false) ?? []
        let region = parts.count > 3 && !parts[3].isEmpty ? String(parts[3]) : region(attributes)
        let size = SizeReader.names(for: type).compactMap { attributes[$0] }.first
        var deployed = Resource.Deployed(
            id: attributes["id"], arn: arn, alias: alias(type, attributes),
            account: parts.count > 4 && !parts[4].isEmpty ? String(parts[4]) : account(type, attributes), region: region, size: size,
            tags: instance.tags)
        guard addressed.contains(type) else { return deployed }
        deployed.addresses = ([attributes["id"]].compactMap { $0?.isEmpty == true ? nil : $0 } + instance.addresses).sorted()
        deployed.zone = attributes["availability_zone"]
        return deployed
    }

    private static func alias(_ type: String, _ attributes: [String: String]) -> String? {
        if let number = numbers[type].flatMap({ attributes[$0] }), !number.isEmpty { return BilledName.compute(number: number) }
        guard let link = attributes["self_link"].map(BilledName.comparable), !link.isEmpty else { return nil }
        return link == attributes["id"].map(BilledName.comparable) ? nil : link
    }

    /// The account as the bill names it, where no ARN does: an Azure subscription by its path, a Google project by its id.
    private static func account(_ type: String, _ attributes: [String: String]) -> String? {
        if type.hasPrefix("google_") { return attributes["project"].flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = attributes["id"]?.lowercased(), id.hasPrefix("/subscriptions/") else { return nil }
        return id.split(separator: "/").prefix(2).map { "/" + $0 }.joined()
    }

    private static func region(_ attributes: [String: String]) -> String? {
        if let region = attributes["region"] ?? attributes["location"] { return region }
        if let zone = attributes["availability_zone"], zone.last?.isLetter == true { return String(zone.dropLast()) }
        // europe-west1-b
        guard let zone = attributes["zone"], let dash = zone.lastIndex(of: "-"), zone[dash...].count == 2 else { return nil }
        return String(zone[..<dash])
    }
}

extension JSONReader {
    fileprivate mutating func numberText() throws(JSONError) -> String { String(decoding: try number(), as: UTF8.self) }

    /// A string; nil for anything else, which is skipped.
    fileprivate mutating func stringIfPresent() throws(JSONError) -> String? {
        guard try peek() == .string else {
            try skip()
            return nil
        }
        return try string()
    }
}
