/// A row of a bill as it is understood, and how each of its values came about.
package struct BilledRow: Hashable, Sendable {
    /// A column of FOCUS.
    package struct Value: Hashable, Sendable {
        package var column: String
        /// Nil: the row does not state it.
        package var text: String?
        /// The fields that it follows from, with what they say: `lineItem/UnblendedCost '10'`.
        package var from: [String]
        /// By which rule; nil: it is the field as it stands.
        package var rule: String?

        package init(column: String, text: String?, from: [String], rule: String?) {
            self.column = column
            self.text = text
            self.from = from
            self.rule = rule
        }
    }

    /// What people call the format.
    package var format: String
    package var values: [Value]

    package init(format: String, values: [Value]) {
        self.format = format
        self.values = values
    }
}
