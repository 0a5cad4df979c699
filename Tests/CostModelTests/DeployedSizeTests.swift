import CostModel
import Testing

@Suite("the size of a deployed resource")
struct DeployedSizeTests {
    private func resource(_ code: String?, ignoring: IgnoredChanges = .none, undecided: String? = nil) -> Resource {
        let place = Place(file: "infra/main.tf", line: 1)
        var resource = Resource(
            identity: ResourceIdentity(root: "infra", address: "aws_instance.web"), type: "aws_instance", provider: "aws", location: place,
            block: FileSpan(file: "infra/main.tf", bytes: 0..<9), tags: TagSet(supported: true, tags: Tags([:])),
            size: SizeArgument(name: "instance_type", value: code, literal: FileSpan(file: "infra/main.tf", bytes: 3..<5)), deployed: nil)
        resource.size?.undecidedReason = undecided
        resource.ignoredChanges = ignoring
        if let code { resource.attributes["instance_type"] = ResourceAttribute(.string(code)) }
        return resource
    }

    @Test(
        "is what runs where Terraform ignores what the code says, and no place of the code decides it",
        arguments: [IgnoredChanges(all: true), IgnoredChanges(arguments: ["instance_type"])])
    func ignored(changes: IgnoredChanges) {
        var web = resource("m5.large", ignoring: changes)
        web.deploy(.init(id: "i-1", size: "m5.4xlarge"))
        #expect(web.size?.value == "m5.4xlarge" && web.size?.literal == nil && web.size?.computedReason != nil)
        #expect(web.attributes["instance_type"]?.value == .string("m5.4xlarge"))
    }

    @Test("is not known where another runs and nobody knows which workspace the code is of")
    func undecided() {
        var web = resource("m5.large", undecided: "it may depend on the workspace")
        web.deploy(.init(id: "i-1", size: "m5.4xlarge"))
        #expect(web.size?.value == nil && web.size?.unknownReason?.contains("workspace") == true)
        #expect(web.attributes["instance_type"]?.value == .unknown("it may depend on the workspace"))
    }

    @Test("is the code's where it runs, where the change is still to come, or where the state says nothing")
    func written() {
        for (running, changes, undecided) in [
            ("m5.large", IgnoredChanges(all: true), "perhaps"), ("m5.4xlarge", IgnoredChanges(arguments: ["user_data"]), nil),
            (nil, IgnoredChanges(all: true), "perhaps"),
        ] as [(String?, IgnoredChanges, String?)] {
            var web = resource("m5.large", ignoring: changes, undecided: undecided)
            web.deploy(.init(id: "i-1", size: running))
            #expect(web.size?.value == "m5.large" && web.size?.literal != nil)
        }
    }
}
