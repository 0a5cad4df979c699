/// From text to program.
struct Compiler {
    let environment: CELEnvironment
    let recordingBranches: Bool

    func compile(_ text: String, expecting: CELType?) -> CELCompilation {
        .problems([CELProblem("not implemented", 0..<text.utf8.count)])
    }
}
