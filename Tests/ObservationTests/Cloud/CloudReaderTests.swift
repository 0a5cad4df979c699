import CostModel
import Testing

@testable import Observation

@Suite("what the cloud says is there")
struct CloudReaderTests {
    private func read(_ format: CloudFormat, _ texts: String...) throws -> (CloudInventory, [String]) {
        let folder = try TemporaryFolder()
        for (index, text) in texts.enumerated() { try folder.write("\(index).json", text) }
        let source = CloudSource(name: "c", place: Place(file: "bursar.yaml", line: 12), format: format, paths: ["*"])
        let (inventory, problems) = CloudReader.read([source], directory: folder.path)
        return (inventory, problems.map(BillFolder.line))
    }

    @Test("is read from the tagging API, over several files")
    func tagging() throws {
        let (inventory, problems) = try read(
            .awsTagging,
            """
            {"ResourceTagMappingList": [
              {"ResourceARN": "arn:a", "Tags": [{"Key": "team", "Value": "pay"}, {"Key": "empty", "Value": ""}]},
              {"ResourceARN": "arn:b", "Tags": [], "ComplianceDetails": {"ComplianceStatus": true}}
            ], "PaginationToken": ""}
            """, #"{"ResourceTagMappingList": [{"ResourceARN": "arn:c", "Tags": [{"Key": "x", "Value": "y"}]}]}"#)
        #expect(problems.isEmpty)
        #expect(
            inventory.entries == [
                "arn:a": .init(tags: ["team": "pay", "empty": ""]), "arn:b": .init(tags: [:]), "arn:c": .init(tags: ["x": "y"]),
            ])
    }

    @Test("is read from AWS Config: tags, types and volumes, by arn and id")
    func config() throws {
        let (inventory, problems) = try read(
            .awsConfig,
            #"""
            {"fileVersion": "1.0", "configSnapshotId": "s", "configurationItems": [
              {"resourceType": "AWS::EC2::Instance", "resourceId": "i-1", "ARN": "arn:i-1", "configurationItemStatus": "OK",
               "tags": {"team": "pay"}, "configuration": {"instanceType": "m5.large", "tags": [{"key": "team"}]}},
              {"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "tags": {},
               "configuration": "{\"volumeType\": \"gp3\", \"size\": 100, \"iops\": 3000}"},
              {"resourceType": "AWS::EC2::Instance", "resourceId": "i-2", "configurationItemStatus": "ResourceDeleted", "tags": {}, "configuration": null},
              {"resourceType": "AWS::Lambda::Function", "resourceId": "f", "tags": null, "configuration": {"size": 3}}
            ]}
            """#)
        #expect(problems.isEmpty)
        let instance = CloudInventory.Entry(tags: ["team": "pay"], arguments: ["instance_type": "m5.large"])
        #expect(
            inventory.entries == [
                "i-1": instance, "arn:i-1": instance,
                "vol-1": .init(tags: [:], arguments: ["type": "gp3", "size": "100", "iops": "3000"]), "f": .init(),
            ])
    }

    @Test(
        "is partial where it is not whole, or something else",
        arguments: [
            (CloudFormat.awsTagging, #"{"ResourceTagMappingList": [], "PaginationToken": "x"}"#, "another page follows"),
            (.awsTagging, "{}", "'ResourceTagMappingList' is missing"),
            (.awsTagging, #"{"ResourceTagMappingList": [{"Tags": []}]}"#, "a resource without an arn"),
            (.awsTagging, #"{"ResourceTagMappingList": [{"ResourceARN": "#, "the text ends too early"),
            (.awsConfig, "[]", "expected an object"), (.awsConfig, "{}", "'configurationItems' is missing"),
            (.awsConfig, #"{"configurationItems": [{"tags": {"a": 1}}]}"#, "expected a string"),
        ])
    func gaps(format: CloudFormat, text: String, problem: String) throws {
        let (_, problems) = try read(format, text)
        #expect(problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }

    @Test("stands in a snapshot as it was read, and one without it is read as before")
    func snapshot() throws {
        var snapshot = Snapshots.small
        let without = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(without).cloud == nil)
        snapshot.cloud = CloudInventory(entries: [
            "i-1": .init(tags: ["team": "a \"b\""], arguments: ["instance_type": "m5.large"]), "vol-1": .init(arguments: ["size": "1"]),
            "x": .init(tags: [:]),
        ])
        snapshot.cloudProblems = [ObservationProblem(.partial, id: "partial-cloud", file: "c.json", "another page follows")]
        let bytes = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(bytes) == snapshot)
        #expect(snapshot.folded().cloud?.entries.keys.sorted() == ["i-1"])
        #expect(snapshot.problems.contains { $0.id == "partial-cloud" })
    }
}
