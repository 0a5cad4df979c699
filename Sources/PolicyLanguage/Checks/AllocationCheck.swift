import CostModel
import Diagnostics

/// What allocations say together: money is divided once, and comes to rest.
enum AllocationCheck {
    /// More than this are not looked at, as nobody keeps so many.
    static let most = 200

    static func run(_ decoder: PolicyDecoder) {
        var teams: [Team] = []
        var allocations: [Allocation] = []
        for object in decoder.objects {
            switch object {
            case .team(let team): teams.append(team)
            case .allocation(let allocation): allocations.append(allocation)
            default: continue
            }
        }
        guard !allocations.isEmpty else { return }
        let places = Dictionary(
            decoder.envelopes.filter { $0.kind == .allocation }.map { ($0.name.value, $0.name.range) },
            uniquingKeysWith: { first, _ in first })
        var seen: [Allocation.Scope: String] = [:]
        for allocation in allocations.sorted(by: { $0.name < $1.name }) {
            guard let first = seen[allocation.scope] else {
                seen[allocation.scope] = allocation.name
                continue
            }
            guard let place = places[allocation.name] else { continue }
            decoder.report(
                Diagnostic(
                    .error, id: "duplicate-allocation", "allocation '\(allocation.name)' divides what '\(first)' divides already",
                    at: place,
                    notes: places[first].map { [.init("the other is here", at: $0)] } ?? []))
        }
        guard allocations.count <= most else {
            let message = "\(allocations.count) allocations: at most \(most) are divided"
            return decoder.report(Diagnostic(.error, id: "limit", message, at: allocations.map(\.name).min().flatMap { places[$0] }))
        }
        guard let circle = AllocationOrder(allocations, teams: teams).circle, let place = places[circle[0]] else { return }
        let round = (circle.prefix(12) + [circle[0]]).joined(separator: " → ")
        let message =
            circle.count == 1
            ? "allocation '\(circle[0])' gives to a team that it takes from" : "allocations hand money round in a circle: \(round)"
        decoder.report(Diagnostic(.error, id: "allocation-circle", message, at: place))
    }
}
