import Observation
import Store

extension BillCache {
    /// Where a command keeps what bills add up to; nil: it reads none, was told not to keep it, or has no folder for it.
    ///
    /// Of the state folder that is named, else beside those of all workspaces: what is kept depends on bills alone, and a workspace's name is
    /// not known before its policies are read.
    static func used(by command: Command, _ invocation: Invocation, _ console: Console) -> BillCache? {
        let name = CommonOptions.noCache.description.name
        guard command.allOptions.contains(where: { $0.name == name }), !invocation.has(CommonOptions.noCache) else { return nil }
        return StateFolder.bills(environment: console.environment).map { BillCache(folder: $0) }
    }

    /// Runs something with a cache.
    static func using<Value>(
        _ cache: BillCache?, _ body: () throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        try $current.withValue(cache) { Result { () throws(CommandFailure) in try body() } }.get()
    }
}
