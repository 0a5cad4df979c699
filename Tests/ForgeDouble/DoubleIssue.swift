/// An issue as the double keeps it.
package struct DoubleIssue: Sendable {
    /// Who changed its text, and what by.
    package struct Edit: Sendable {
        package var id: Int
        package var login: String
        package var time: Int64
        /// The words of the box, where somebody ticked one on the page.
        package var box: String?
    }

    package var number: Int
    package var title: String
    package var body: String
    package var author: String
    package var isOpen = true
    package var created: Int64
    package var updated: Int64
    package var closed: Int64?
    package var closedBy: String?
    package var edits: [Edit] = []
}
