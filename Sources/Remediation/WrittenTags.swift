import CostModel
import Diagnostics

/// Where changes write tags, to tell for which resources besides those that they are made for.
struct WrittenTags {
    private struct Tag: Hashable {
        var location: EditLocation
        var key: String
        var value: String
    }

    private var places: [Tag: Place] = [:]

    init(_ changes: [LocatedChange], _ sources: SourceLibrary) {
        for change in changes {
            let span = change.location.span
            guard
                let place = sources.place(of: change.edits.map(\.range).min { $0.lowerBound < $1.lowerBound } ?? span.bytes, in: span.file)
            else { continue }
            for request in change.requests {
                if case .tag(let key) = request.subject {
                    places[Tag(location: change.location, key: key, value: request.value)] = place
                }
            }
        }
    }

    /// The change that writes what a refused finding asks for where its resource inherits it from; nil where none does.
    func place(fixing refused: RefusedFix, _ resources: ResourceIndex) -> Place? {
        guard !places.isEmpty, let resource = refused.resource.flatMap({ resources[$0] }), let (key, value) = refused.wanted else {
            return nil
        }
        return resource.tags.insertions.lazy.compactMap { places[Tag(location: $0, key: key, value: value)] }.first
    }
}
