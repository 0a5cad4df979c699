package import CostModel

/// How a known request stands outside.
package enum RemoteStatus: Hashable, Sendable {
    /// With what the host calls it, where it does.
    case open(number: Int?, url: String?)
    /// - `isFetched`: whether the revision that is looked at holds it.
    case merged(commit: String?, at: Instant, isFetched: Bool)
    /// - `isOurs`: nobody turned it down: we closed it, because nothing was left to do, or the host did, because its base or branch was gone.
    case closed(at: Instant, isOurs: Bool)
    /// The code host has not heard of it: it was never opened, because we ended in between.
    case unheard
}
