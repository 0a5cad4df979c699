/// What an object of the policies says, key by key: enough to tell people what a change of it does.
package struct PolicyObject: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        /// `amount`, `require.team.values`
        package var path: String
        /// As people read it; however it is written in YAML, the same value is the same text.
        package var text: String
        package var place: Place

        package init(path: String, text: String, place: Place) {
            self.path = path
            self.text = text
            self.place = place
        }
    }

    package var reference: PolicyReference
    package var place: Place
    /// By path. Keys that are left out and have a default are among them.
    package var fields: [Field]

    package init(reference: PolicyReference, place: Place, fields: [Field]) {
        self.reference = reference
        self.place = place
        self.fields = fields.sorted { ($0.path, $0.text) < ($1.path, $1.text) }
    }

    /// What both say, places apart.
    package func says(theSameAs other: PolicyObject) -> Bool {
        reference == other.reference && fields.count == other.fields.count
            && zip(fields, other.fields).allSatisfy { $0.path == $1.path && $0.text == $1.text }
    }
}
