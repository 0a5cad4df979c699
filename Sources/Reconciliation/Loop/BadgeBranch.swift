import CostModel
import Diagnostics
import Git
import Reporting

/// A branch that holds badges and cards of teams, and nothing else: a folder for each workspace that is scored.
///
/// It has nothing in common with other branches. Each commit of it says in a trailer that it is of badges; one whose newest commit does not is
/// somebody else's, and is left alone.
struct BadgeBranch {
    static let trailer = "Bursar-Badges"

    let settings: BadgeSettings
    /// Of this workspace, as the loop calls it.
    let folder: String

    init?(_ settings: BadgeSettings?, of workspace: String) {
        guard let settings else { return nil }
        self.settings = settings
        folder = workspace
    }

    var name: String { settings.branch }

    /// The commit that brings the folder up to date; nil where it is.
    ///
    /// - Parameters:
    ///   - tip: where the branch stands; nil: there is none yet.
    ///   - files: of the folder, by their paths in it.
    func draft(
        _ files: [String: [UInt8]], at tip: ObjectID?, in repository: Repository, by person: Identity, now: Instant
    ) throws(StageError) -> CommitDraft? {
        var (changed, removed): ([String: [UInt8]], [String]) = ([:], [])
        do throws(GitError) {
            let old = try tip.map { tip throws(GitError) in try RevisionTree(repository, at: tip, under: folder).entries } ?? []
            let blobs = Dictionary(old.map { ($0.path, $0.blob) }, uniquingKeysWith: { first, _ in first })
            for (path, bytes) in files where try blobs[path] != ObjectID(ofBlob: bytes) { changed["\(folder)/\(path)"] = bytes }
            removed = old.map(\.path).filter { files[$0] == nil }.map { "\(folder)/\($0)" }
        } catch { throw StageError(writing: error) }
        guard !changed.isEmpty || !removed.isEmpty else { return nil }
        let signature = Signature(name: person.name, email: person.email, seconds: now.seconds)
        var draft = CommitDraft(
            base: tip, files: changed, message: "Renew the badges of \(folder)\n\n\(Self.trailer): \(folder)\n", author: signature,
            committer: signature)
        draft.removed = removed
        return draft
    }

    /// - Throws: where the branch is not one of badges.
    func checkOwner(of tip: ObjectID?, watched: String, in repository: Repository) throws(StageError) {
        guard name != watched else {
            throw .refused("the branch '\(name)' of 'scoring.badges' is the one that is watched: name one that holds nothing else")
        }
        guard let tip else { return }
        let commit: Commit
        do throws(GitError) { commit = try repository.commit(tip) } catch { throw StageError(writing: error) }
        guard !commit.trailers(Self.trailer).isEmpty else {
            throw .refused(
                "the branch '\(name)' of 'scoring.badges' is not ours: its newest commit \(tip.short) is not of badges; name another branch, or delete it"
            )
        }
    }
}
