/// Branches without requests: Git pushes them, and nobody keeps anything else.
///
/// A request of it is its branch. It has no number, no list and no comments, so what a reconciler knows of one is what its own ledger
/// says: `requests` is always empty, and nothing that is asked for fails.
package struct BranchForge: Forge {
    package let kind = ForgeKind.none
    private let clock: @Sendable () -> Int64

    /// - Parameter clock: seconds since 1970.
    package init(clock: @escaping @Sendable () -> Int64) { self.clock = clock }

    package func requests(branchPrefix: String, since: Int64?) throws(ForgeError) -> [ForgeRequest] { [] }

    package func request(_ number: Int) throws(ForgeError) -> ForgeRequest { throw ForgeError(.notFound, "branches have no requests") }

    /// The branch stands for the request; its number is 0.
    package func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        try RequestText.check(draft)
        return ForgeRequest(
            number: 0, url: "", state: .open, branch: draft.branch, base: draft.base, title: draft.title, body: draft.body,
            labels: draft.labels, isDraft: draft.isDraft, commit: draft.commit, created: clock())
    }

    package func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) { try RequestText.check(draft) }
    package func close(_ number: Int, comment: String?) throws(ForgeError) {}
    package func comment(_ number: Int, marker: String, body: String) throws(ForgeError) {}
    package func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) {}
}
