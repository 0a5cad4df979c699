package import CostModel
package import Forge
package import Git
package import Store

/// What a run needs to reach one workspace.
package struct WorkspaceRun {
    package typealias Signer = @Sendable (CommitDraft, Repository) throws -> ObjectID
    /// Nil when the commit is signed as it should be, else why not.
    package typealias Verifier = @Sendable (ObjectID, Repository) throws(GitError) -> String?

    package var watched: WatchedWorkspace
    package var origin: any RepositoryOrigin
    /// Nil where there are only branches.
    package var forge: (any Forge)?
    package var ledger: Ledger
    package var board: StatusBoard
    package var environment: LoopEnvironment
    package var signer: Signer?
    package var verifier: Verifier?
    /// What clients of the API asked for; nil: nobody can.
    package var orders: OrderFolder?
    /// Looks through the ledger before anything is written to it; a run that finds nothing changed does not wait for that.
    ///
    /// - Throws: `corrupt` when it is damaged.
    package var examine: () throws(LedgerError) -> Void = {}

    package init(
        _ watched: WatchedWorkspace, origin: any RepositoryOrigin, forge: (any Forge)?, ledger: Ledger, board: StatusBoard,
        environment: LoopEnvironment, signer: Signer? = nil, verifier: Verifier? = nil
    ) {
        self.watched = watched
        self.origin = origin
        self.forge = forge
        self.ledger = ledger
        self.board = board
        self.environment = environment
        self.signer = signer
        self.verifier = verifier
    }

    /// Where relative paths of observed data begin.
    var observedFolder: String {
        watched.observedFolder ?? origin.directory + (watched.path.isEmpty ? "" : "/" + watched.path)
    }

    /// Why the revision does not count, where signatures are asked for; nil where it does.
    func signatureProblem(of heads: OriginHeads) throws(GitError) -> String? {
        guard let verifier, let problem = try verifier(heads.tip, try Repository.discover(from: origin.directory)) else { return nil }
        return "\(heads.branch) is at \(heads.tip.short), which does not count: \(problem)"
    }

    /// One run: fetch → observe → evaluate → score → plan → write. Blocks, and is confined to one thread. A stage that fails ends it; what
    /// was in force stays in force.
    ///
    /// - Parameter cause: who or what asked for it; it is kept with everything that is written.
    package func perform(_ cause: RunCause) -> RunResult {
        let run = StagedRun(self, cause)
        run.perform()
        return run.result
    }
}

/// What a run gave.
package struct RunResult {
    package var run: Run
    /// Nil where it did not get so far.
    package var evaluated: EvaluatedWorkspace?
    package var leaderboard: Leaderboard?
    package var plan: Plan?
    package var requests: [RequestOutcome] = []
    /// Seconds that somebody asked us to wait.
    package var retryAfter: Int?
    /// The run ended because its ledger is damaged.
    package var isLedgerDamaged = false

    package init(run: Run) {
        self.run = run
    }
}
