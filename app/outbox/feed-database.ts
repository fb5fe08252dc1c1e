/**
 * SQL: who this database says it is: the cluster, its history (a failover or a restore to a point in time begins another), the
 * database in it, and the feed's table. Transactions are numbered by the cluster, so a position in the feed means nothing in another:
 * a dump that was restored, a copy, an upgraded cluster.
 */
export const feedDatabase = `(select concat_ws('-', system_identifier, timeline_id, (select oid from pg_database
    where datname = current_database()), '"ChangeFeed"'::regclass::oid) from pg_control_system(), pg_control_checkpoint())`;

/**
 * SQL: all transactions below it have ended. Those that wrote and were committed are seen by the statement that asks; none can come to
 * be any more, for numbers are given upwards. In the statement that reads the rows: it is that statement's snapshot.
 */
export const feedBound = `pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
