import CostModel

/// The resources of a root, which large ones have in the parts in which they were read.
///
/// A syntax tree is as large as the resources are that it makes. While it is there they should not be there twice, so that parts are put
/// together once it is gone.
struct RootResources: Sendable {
    private var parts: [[Resource]]

    init(_ parts: [[Resource]] = []) { self.parts = parts }

    var count: Int { parts.reduce(0) { $0 + $1.count } }

    /// Sorted.
    var all: [Resource] {
        guard parts.count != 1 else { return parts[0] }
        var joined = self
        joined.join()
        return joined.parts[0]
    }

    /// Puts the parts together.
    mutating func join() {
        guard parts.count != 1 else { return }
        var all: [Resource] = []
        all.reserveCapacity(count)
        for index in parts.indices {
            all += parts[index]
            // Each is let go at once.
            parts[index] = []
        }
        all.sortByIdentity()
        parts = [all]
    }
}

extension [Resource] {
    /// A resource is large: what is compared is taken out of each, and then they change places.
    mutating func sortByIdentity() {
        let isSorted = indices.dropFirst().allSatisfy { self[$0 - 1].identity <= self[$0].identity }
        guard !isSorted else { return }
        let identities = map(\.identity)
        arrange(by: indices.sorted { identities[$0] < identities[$1] })
    }
}
