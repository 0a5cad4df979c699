import CostModel
import HCL

/// A resource's block that is written anew.
struct NewBlock: Hashable, Sendable {
    var type: String
    var name: String
    /// Values are HCL on one line.
    var arguments: [(name: String, value: String)]

    /// As `terraform fmt` writes it, at the left margin and without an end of line.
    var text: String {
        let width = arguments.map(\.name.count).max() ?? 0
        let lines = arguments.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count)) = \($0.value)" }
        return (["resource \"\(type)\" \"\(name)\" {"] + lines + ["}"]).joined(separator: "\n")
    }

    static func == (a: NewBlock, b: NewBlock) -> Bool { a.text == b.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Makes the blocks that a finding asks for beside its resource.
struct NewBlocks {
    /// Why there are none.
    struct Obstacle: Error, Hashable { var reason: String }

    private let resource: Resource
    private let all: ResourceIndex
    /// `aws_vpc` and `main` of `module.network.aws_vpc.main`.
    private let type: String
    private let name: String
    /// `module.network.`, or nothing.
    private let module: String

    init(beside resource: Resource, in all: ResourceIndex) {
        self.resource = resource
        self.all = all
        let words = resource.identity.blockAddress.split(separator: ".").map(String.init)
        (type, name) = (words.dropLast().last ?? "", words.last ?? "")
        module = words.dropLast(2).map { $0 + "." }.joined()
    }

    static func identity(of block: NewBlock, beside resource: Resource) -> ResourceIdentity {
        let words = resource.identity.blockAddress.split(separator: ".").dropLast(2).map { $0 + "." }
        return ResourceIdentity(root: resource.identity.root, address: words.joined() + "\(block.type).\(block.name)")
    }

    /// What a rule adds.
    func blocks(_ addition: Rule.Addition) -> Result<[NewBlock], Obstacle> {
        if let obstacle { return .failure(obstacle) }
        var block = NewBlock(type: addition.type, name: free(addition.name ?? name, of: addition.type), arguments: [])
        let hasOwnTags = resource.tags.openReason != nil || resource.tags.tags.contains { !$0.value.isProviderDefault }
        for argument in addition.arguments where argument.value != .string("$tags") || hasOwnTags {
            switch value(argument.value) {
            case .success(let value): block.arguments.append((argument.name, value))
            case .failure(let obstacle): return .failure(obstacle)
            }
        }
        return .success([block])
    }

    /// What switches a group off and on again.
    func blocks(_ hours: WeeklyHours) -> Result<[NewBlock], Obstacle> {
        if let obstacle { return .failure(obstacle) }
        switch GroupSchedule.of(resource, needed: hours) {
        case .impossible(let reason): return .failure(Obstacle(reason: reason))
        case .schedule(let schedule):
            func block(_ suffix: String, _ sizes: GroupSchedule.Sizes, _ recurrence: String) -> NewBlock {
                NewBlock(
                    type: GroupSchedule.type, name: free("\(name)_\(suffix)", of: GroupSchedule.type),
                    arguments: [
                        ("scheduled_action_name", HCLString.quoted(suffix)), ("autoscaling_group_name", "\(type).\(name).name"),
                        ("min_size", "\(sizes.least)"), ("max_size", "\(sizes.most)"), ("desired_capacity", "\(sizes.wanted)"),
                        ("recurrence", HCLString.quoted(recurrence)), ("time_zone", HCLString.quoted(schedule.timeZone)),
                    ])
            }
            return .success([block("start", schedule.sizes, schedule.start), block("stop", .none, schedule.stop)])
        }
    }

    /// One block beside several instances would have to be as many.
    private var obstacle: Obstacle? {
        resource.identity.address.hasSuffix("]") || resource.unknownCount != nil
            ? Obstacle(reason: "\(type).\(name) is repeated by 'count' or 'for_each', and so would have to be what is written beside it")
            : nil
    }

    /// The name, with a number where the module has such a block.
    private func free(_ wanted: String, of type: String) -> String {
        let taken = Set(
            all.resources.lazy.filter { $0.type == type && $0.identity.root == resource.identity.root }.map(\.identity.blockAddress))
        var name = wanted
        var number = 2
        while taken.contains("\(module)\(type).\(name)") { (name, number) = ("\(wanted)_\(number)", number + 1) }
        return name
    }

    private func value(_ literal: Rule.Literal) -> Result<String, Obstacle> {
        guard case .string(let text) = literal else { return .success(literal.text) }
        guard text.hasPrefix("$") else { return regional(text) }
        let words = text.dropFirst().split(separator: ".").map(String.init)
        guard words.count == 3 else { return .success("\(type).\(name).\(words.joined(separator: "."))") }
        return references(to: words[2], of: words[1])
    }

    private func regional(_ text: String) -> Result<String, Obstacle> {
        guard text.contains("{region}") else { return .success(HCLString.quoted(text)) }
        let stated: String? = if case .known(let name) = resource.region { name } else { nil }
        guard let region = stated ?? resource.deployed?.region else {
            return .failure(Obstacle(reason: "neither the code nor a state says in which region \(type).\(name) is"))
        }
        return .success(HCLString.quoted(text.replacing("{region}", with: region)))
    }

    /// `[aws_route_table.a.id, aws_route_table.b.id]`, of repeated ones `aws_route_table.zone[*].id`.
    private func references(to attribute: String, of wanted: String) -> Result<String, Obstacle> {
        var single: [String] = []
        var several: [String] = []
        for address in Set(resource.referencedBy.filter { $0.type == wanted }.map(\.address)).sorted() {
            let block = ResourceIdentity(root: resource.identity.root, address: module + address)
            guard let instance = all.resources.first(where: { $0.identity.block == block }) else { continue }
            let instanceAddress = instance.identity.address
            if !instanceAddress.hasSuffix("]") {
                single.append("\(address).\(attribute)")
            } else if instanceAddress.hasSuffix("\"]") {
                several.append("values(\(address))[*].\(attribute)")
            } else {
                several.append("\(address)[*].\(attribute)")
            }
        }
        guard !single.isEmpty || !several.isEmpty else {
            return .failure(Obstacle(reason: "no \(wanted) of the module names \(type).\(name)"))
        }
        if several.isEmpty { return .success("[\(single.joined(separator: ", "))]") }
        if single.isEmpty, several.count == 1 { return .success(several[0]) }
        let first = single.isEmpty ? [] : ["[\(single.joined(separator: ", "))]"]
        return .success("concat(\((first + several).joined(separator: ", ")))")
    }
}
