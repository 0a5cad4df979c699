import CostModel
import Testing

@Suite("The tags of a resource")
struct TagsTests {
    @Test("tags are in the order of their keys, whatever the order in which they were set")
    func order() {
        var tags = Tags()
        for key in ["team", "env", "zone", "Name", "env"] { tags[key] = Tag(value: key) }
        #expect(tags.keys == ["Name", "env", "team", "zone"])
        let others = ["zone", "team", "Name", "env"].map { (key: String) in (key, Tag(value: key)) }
        #expect(tags == Tags(Dictionary(uniqueKeysWithValues: others)))
        #expect(Tags(["b": Tag(value: "1"), "a": Tag(value: "2")]) == ["a": Tag(value: "2"), "b": Tag(value: "1")])
    }

    @Test("a tag is found, replaced and taken away by its key")
    func change() {
        var tags: Tags = ["b": Tag(value: "1"), "d": Tag(value: "2")]
        #expect(tags["a"] == nil && tags["c"] == nil && tags["e"] == nil)
        tags["b"] = Tag(value: "3")
        tags["b"]?.unknownReason = "why"
        tags["c"] = Tag(value: nil)
        tags["d"] = nil
        tags["x"] = nil
        tags["x"]?.value = "nothing is there to change"
        #expect(tags.map { "\($0.key)=\($0.value.value ?? "?")" } == ["b=3", "c=?"])
        #expect(tags["b"]?.unknownReason == "why")
    }

    @Test("values are compared without the places where they are written")
    func values() {
        let tags: Tags = ["a": Tag(value: "1"), "b": Tag(value: nil)]
        #expect(tags.hasSameValues(as: ["a": Tag(value: "1", from: Place(file: "main.tf", line: 1)), "b": Tag(value: nil)]))
        #expect(!tags.hasSameValues(as: ["a": Tag(value: "1"), "b": Tag(value: "")]))
        #expect(!tags.hasSameValues(as: ["a": Tag(value: "1")]))
    }

    @Test(
        "large elements are put in an order of their indices",
        arguments: [[], [0], [1, 0], [2, 0, 1], [0, 3, 1, 2, 4], [4, 3, 2, 1, 0]])
    func arranged(_ order: [Int]) {
        var texts = order.indices.map { "\($0)" }
        texts.arrange(by: order)
        #expect(texts == order.map { "\($0)" })
    }
}
