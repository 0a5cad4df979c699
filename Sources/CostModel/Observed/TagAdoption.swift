/// What most blocks around take their tags from, such as `local.tags`, offered to a block that has none yet.
package struct TagAdoption: Hashable, Sendable {
    /// Where the block lacks its tags.
    package var place: EditLocation
    /// As it is written in the code.
    package var expression: String
    /// The keys that come with it.
    package var keys: Set<String>
    /// The values of those that are known.
    package var values: [String: String]
    /// Where a further key can be written for all who take their tags from it, best place first.
    package var insertions: [EditLocation]

    package init(
        place: EditLocation, expression: String, keys: Set<String>, values: [String: String] = [:], insertions: [EditLocation] = []
    ) {
        self.place = place
        self.expression = expression
        self.keys = keys
        self.values = values
        self.insertions = insertions
    }
}
