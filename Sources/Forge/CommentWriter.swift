internal import JSON
internal import WebClient

/// Keeps one comment of each kind on a request: by a hidden marker, whichever of our accounts wrote it, and when two of us write at once.
struct CommentWriter {
    let api: APIClient
    /// Where the request is, and where it says who opened it.
    let request: String
    let author: [String]
    /// Where its comments are, and how long their pages are asked to be.
    let list: String
    var pages = [("per_page", "100")]
    /// Where one is.
    let comment: (Int) -> String
    let isEditedBy: HTTPRequest.Method

    private struct Comment {
        var id: Int
        var author: JSONValue
        var body: String
    }

    /// - Returns: whether anything was written.
    func keep(marker: String, body: String) throws(ForgeError) -> Bool {
        try RequestText.refuseSecrets(body)
        let text = RequestText.comment(marker: marker, body: body)
        // The account that opened the request is ours; a stranger's comment may carry the marker too.
        let us = try api.get(request).at(author)
        let before = try comments()
        // Whoever of us wrote it: it is said.
        if before.contains(where: { RequestText.isSame($0.body, text) }) { return false }
        if let ours = before.first(where: { $0.author == us && $0.body.hasPrefix(RequestText.marker(marker)) }) {
            try api.write(isEditedBy, comment(ours.id), ["body": .string(text)])
            return true
        }
        if before.contains(where: { RequestText.saysTheSame($0.body, text) }) { return false }
        let written = try api.write(.post, list, ["body": .string(text)]).integer("id")
        // Another machine may have said it meanwhile: who came second takes theirs back.
        guard try comments().contains(where: { $0.id < written && RequestText.saysTheSame($0.body, text) }) else { return true }
        try api.write(.delete, comment(written), nil)
        return false
    }

    private func comments() throws(ForgeError) -> [Comment] {
        var comments: [Comment] = []
        for item in try api.list(list, query: pages) {
            comments.append(
                Comment(id: try item.integer("id"), author: item.at(author), body: try item.optionalText("body") ?? ""))
        }
        return comments
    }
}
