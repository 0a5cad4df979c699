extension StarterFile {
    /// `policies/bursar.yaml` of the source tree.
    static let workspace = #"""
        # yaml-language-server: $schema=.bursar/schema.json
        # A Bursar workspace: where its rules are, and what the world is seen through.
        # Every key is explained here; what is commented out shows its default or an example.
        apiVersion: bursar/v1
        kind: Workspace
        metadata:
          name: my-company          # lower-case letters, digits and '-'
        spec:
          currency: USD             # ISO 4217; every amount in policies and bills is in it, nothing is ever converted

          # Files or folders in Git that hold policies and teams.
          policies: [policies, teams]

          # What the world looks like. Paths are relative to this file, may lie outside Git and may hold * and **.
          # Nothing here is fetched: put the files where the paths say, or point the paths to where they are.
          observe:
            # The bill, in FOCUS 1.0 to 1.2: CSV, plain or gzip.
            cost:
              - name: billing
                format: focus
                paths: ["observed/focus/*.csv", "observed/focus/*.csv.gz"]
                # maxAge: 72h       # the newest charge day may be this old; older: exit code 3. 'none' turns it off
                # delivery: parts   # 'snapshot': later files restate a month, and the one whose name sorts last counts

            # The code, and the state that joins it to what runs.
            inventory:
              - name: infra
                format: terraform
                path: infra         # a folder in Git
                # {root} is the root module's folder, such as infra/payments/prod.
                state: ["observed/state/{root}/terraform.tfstate"]

            # How busy things are: CSV with the columns timestamp,resource_id,metric,value.
            # cpu and memory are in percent of the resource's capacity. Needed for rightsizing only.
            utilization:
              - {name: metrics, format: csv, paths: ["observed/utilization.csv"]}

            # instanceCatalog: prices.csv   # your own prices, in place of the built-in ones of the same types

          # How fixes are proposed.
          remediation:
            branchPrefix: bursar/     # what the names of proposed branches begin with
            maxChangesPerPlan: 50     # a plan may not hold more changes than this
            # author: "Bursar <bursar@example.com>"   # of commits; without it Git's configuration

          # How scorecards are made.
          scoring:
            materiality: 1000 USD     # findings worth less than this in four weeks weigh little

        """#
}
