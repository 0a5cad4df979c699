extension Mirror {
    /// Milliseconds that the upkeep may take of what is left of a fetch's deadline.
    private static let upkeepDeadline = 60_000

    /// Rolls packs up into larger ones once there are too many: each fetch brings one, and whoever looks for an object asks all of them.
    ///
    /// Packs that are large by comparison stay, so that what is written is in proportion to what has arrived. Nothing is dropped, whether a
    /// reference leads to it or not: none leads to commits of ours. Readers go on meanwhile, as beside any `git repack`.
    func keepUp(_ session: MirrorSession) {
        guard MirrorFolder.packCount(folder) > settings.packLimit else { return }
        // The fetch is complete without it. What was not rolled up now, for want of time or space, is after the next fetch, and the sweep
        // removes what was begun.
        _ = try? session.run(
            [
                "repack", "--geometric=2", "-d", "-n", "--quiet", "--no-write-bitmap-index", "--window-memory=256m",
            ], deadline: Self.upkeepDeadline)
    }
}
