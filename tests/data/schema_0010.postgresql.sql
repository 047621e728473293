SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.alert_channels (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    zone character varying(64) NOT NULL,
    quiet_from character varying(5) NOT NULL,
    quiet_until character varying(5) NOT NULL,
    creator character varying(32) NOT NULL,
    created_at timestamp without time zone NOT NULL,
    since timestamp without time zone NOT NULL,
    state character varying(16) NOT NULL,
    reason character varying(300) NOT NULL,
    told_instead character varying(32) DEFAULT ''::character varying NOT NULL,
    changed_by character varying(32) DEFAULT ''::character varying NOT NULL,
    revision integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.alert_channels_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.alert_channels_id_seq OWNED BY public.alert_channels.id;
CREATE TABLE public.alert_slots (
    id integer NOT NULL,
    subscription integer NOT NULL,
    day character varying(10) NOT NULL,
    at character varying(5) NOT NULL,
    due_at timestamp without time zone NOT NULL,
    state character varying(16) NOT NULL,
    claimed_at timestamp without time zone NOT NULL,
    first_claimed_at timestamp without time zone NOT NULL,
    owner character varying(64) NOT NULL,
    attempts integer NOT NULL,
    reason character varying(300) NOT NULL,
    ts character varying(32) NOT NULL,
    posted_at timestamp without time zone,
    details boolean NOT NULL,
    shown character varying NOT NULL
);
CREATE SEQUENCE public.alert_slots_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.alert_slots_id_seq OWNED BY public.alert_slots.id;
CREATE TABLE public.alerts (
    id integer NOT NULL,
    subscription integer NOT NULL,
    number integer NOT NULL,
    words character varying(300) NOT NULL,
    start character varying NOT NULL,
    started_at timestamp without time zone NOT NULL,
    creator character varying(32) NOT NULL,
    created_at timestamp without time zone NOT NULL,
    state character varying(16) NOT NULL,
    revision integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.alerts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.alerts_id_seq OWNED BY public.alerts.id;
CREATE TABLE public.forgotten (
    id integer NOT NULL,
    home character varying(32) NOT NULL,
    since timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.forgotten_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.forgotten_id_seq OWNED BY public.forgotten.id;
CREATE TABLE public.installations (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32) NOT NULL,
    is_org boolean NOT NULL,
    name character varying(200) NOT NULL,
    app character varying(32) NOT NULL,
    token character varying NOT NULL,
    bot character varying(32) NOT NULL,
    bot_user character varying(32) NOT NULL,
    scopes character varying NOT NULL,
    installer character varying(32) NOT NULL,
    installed_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.installations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.installations_id_seq OWNED BY public.installations.id;
CREATE TABLE public.marks (
    id integer NOT NULL,
    mark character varying(64) NOT NULL,
    until timestamp without time zone NOT NULL,
    team character varying(32) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.marks_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.marks_id_seq OWNED BY public.marks.id;
CREATE TABLE public.open_questions (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    mark character varying(64) NOT NULL,
    owner character varying(120) NOT NULL,
    until timestamp without time zone NOT NULL,
    taken_at timestamp without time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    body character varying NOT NULL
);
CREATE SEQUENCE public.open_questions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.open_questions_id_seq OWNED BY public.open_questions.id;
CREATE TABLE public.posted_answers (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    thread character varying(32) NOT NULL,
    words character varying NOT NULL,
    read_at timestamp without time zone,
    said_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.posted_answers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.posted_answers_id_seq OWNED BY public.posted_answers.id;
CREATE TABLE public.preview_settings (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    wanted boolean NOT NULL,
    set_by character varying(32) NOT NULL,
    set_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.preview_settings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.preview_settings_id_seq OWNED BY public.preview_settings.id;
CREATE TABLE public.readings (
    id integer NOT NULL,
    kind character varying(32) NOT NULL,
    key character varying(200) NOT NULL,
    as_of timestamp without time zone NOT NULL,
    method character varying(32) NOT NULL,
    origins character varying NOT NULL,
    body bytea NOT NULL
);
CREATE SEQUENCE public.readings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.readings_id_seq OWNED BY public.readings.id;
CREATE TABLE public.slots (
    id integer NOT NULL,
    subscription integer NOT NULL,
    day character varying(10) NOT NULL,
    at character varying(5) NOT NULL,
    due_at timestamp without time zone NOT NULL,
    state character varying(16) NOT NULL,
    claimed_at timestamp without time zone NOT NULL,
    first_claimed_at timestamp without time zone NOT NULL,
    owner character varying(64) NOT NULL,
    attempts integer NOT NULL,
    reason character varying(300) NOT NULL,
    ts character varying(32) NOT NULL,
    posted_at timestamp without time zone,
    details boolean NOT NULL,
    shown character varying NOT NULL
);
CREATE SEQUENCE public.slots_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.slots_id_seq OWNED BY public.slots.id;
CREATE TABLE public.step_findings (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    question character varying(300) NOT NULL,
    finding character varying(64) NOT NULL,
    link character varying(300) NOT NULL,
    posted_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.step_findings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.step_findings_id_seq OWNED BY public.step_findings.id;
CREATE TABLE public.subscriptions (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    weekday integer NOT NULL,
    at character varying(5) NOT NULL,
    zone character varying(64) NOT NULL,
    sections character varying(200) NOT NULL,
    only_if_matters boolean NOT NULL,
    creator character varying(32) NOT NULL,
    created_at timestamp without time zone NOT NULL,
    since timestamp without time zone NOT NULL,
    state character varying(16) NOT NULL,
    reason character varying(300) NOT NULL,
    changed_by character varying(32) DEFAULT ''::character varying NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    told_instead character varying(32) DEFAULT ''::character varying NOT NULL,
    name character varying(40) DEFAULT ''::character varying NOT NULL,
    name_key character varying(200) DEFAULT ''::character varying NOT NULL,
    monthly character varying(16) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.subscriptions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscriptions_id_seq OWNED BY public.subscriptions.id;
CREATE TABLE public.top_lists (
    id integer NOT NULL,
    by character varying(32) NOT NULL,
    task character varying(100) NOT NULL,
    author character varying(100) NOT NULL,
    as_of timestamp without time zone NOT NULL,
    asked integer NOT NULL,
    complete boolean NOT NULL,
    method character varying(32) NOT NULL,
    origin character varying NOT NULL,
    models bytea NOT NULL
);
CREATE SEQUENCE public.top_lists_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.top_lists_id_seq OWNED BY public.top_lists.id;
ALTER TABLE ONLY public.alert_channels ALTER COLUMN id SET DEFAULT nextval('public.alert_channels_id_seq'::regclass);
ALTER TABLE ONLY public.alert_slots ALTER COLUMN id SET DEFAULT nextval('public.alert_slots_id_seq'::regclass);
ALTER TABLE ONLY public.alerts ALTER COLUMN id SET DEFAULT nextval('public.alerts_id_seq'::regclass);
ALTER TABLE ONLY public.forgotten ALTER COLUMN id SET DEFAULT nextval('public.forgotten_id_seq'::regclass);
ALTER TABLE ONLY public.installations ALTER COLUMN id SET DEFAULT nextval('public.installations_id_seq'::regclass);
ALTER TABLE ONLY public.marks ALTER COLUMN id SET DEFAULT nextval('public.marks_id_seq'::regclass);
ALTER TABLE ONLY public.open_questions ALTER COLUMN id SET DEFAULT nextval('public.open_questions_id_seq'::regclass);
ALTER TABLE ONLY public.posted_answers ALTER COLUMN id SET DEFAULT nextval('public.posted_answers_id_seq'::regclass);
ALTER TABLE ONLY public.preview_settings ALTER COLUMN id SET DEFAULT nextval('public.preview_settings_id_seq'::regclass);
ALTER TABLE ONLY public.readings ALTER COLUMN id SET DEFAULT nextval('public.readings_id_seq'::regclass);
ALTER TABLE ONLY public.slots ALTER COLUMN id SET DEFAULT nextval('public.slots_id_seq'::regclass);
ALTER TABLE ONLY public.step_findings ALTER COLUMN id SET DEFAULT nextval('public.step_findings_id_seq'::regclass);
ALTER TABLE ONLY public.subscriptions ALTER COLUMN id SET DEFAULT nextval('public.subscriptions_id_seq'::regclass);
ALTER TABLE ONLY public.top_lists ALTER COLUMN id SET DEFAULT nextval('public.top_lists_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0010');
INSERT INTO public.alert_channels VALUES (1, 'T1', 'C1', 'Europe/Berlin', '20:00', '08:00', 'U1', '2026-11-23 09:00:00', '2026-11-23 09:00:00', 'active', '', '', '', 0);
INSERT INTO public.alert_slots VALUES (1, 1, '2026-11-23', '00:00', '2026-11-23 09:00:00', 'claimed', '2026-11-23 09:00:00', '2026-11-23 09:00:00', 'one', 1, '', '', NULL, false, '');
INSERT INTO public.alerts VALUES (1, 1, 1, 'TensorFlow enters or leaves the top 30', '[1, 30]', '2026-11-23 09:00:00', 'U1', '2026-11-23 09:00:00', 'active', 0);
INSERT INTO public.installations VALUES (1, 'T1', '', false, 'One', '', 'gAAAAABrCfHFg7gewk01Hj3dJcGZKhp-_xt0pzioELQqFZKnoJLNe2kSyjBun2jz-LDAxa6Xg-ZKQqJY6-dv5XgCK1OypuvSmA==', 'B1', '', '', '', '2026-11-23 09:00:00');
INSERT INTO public.marks VALUES (1, 'afb3fda6dfe111fd781b4c6819984367f5cc436be8c8cd4551ede034b43fc1d3', '2026-11-23 09:02:00', '');
INSERT INTO public.open_questions VALUES (1, 'T1', '0123abcd', 'one', '2026-11-23 09:01:00', '2026-11-23 09:00:00', 0, '{"place": {"channel": "C1", "user": "U1", "thread_ts": null, "direct": false, "in_thread": false, "group": false, "team": "T1"}}');
INSERT INTO public.posted_answers VALUES (1, 'T1', 'C1', '1.2', 'top30 attributed', '2026-11-23 09:00:00', '2026-11-23 09:00:00');
INSERT INTO public.preview_settings VALUES (1, 'T1', 'C1', true, 'U1', '2026-11-23 09:00:00');
INSERT INTO public.readings VALUES (1, 'papers', '', '2026-11-23 09:00:00', 'm1', '[{"producer": "Hugging Face Hub", "title": "model listing", "address": "https://huggingface.co/api/models", "accessed": "2026-11-23T09:00:00Z", "revision": null, "licence": null}]', '\x789cab562ac92f49cc51b232d651ca4bcc4d55b2523abc47a916005b7407dc');
INSERT INTO public.slots VALUES (1, 1, '2026-11-16', '09:00', '2026-11-16 09:00:00', 'posted', '2026-11-16 09:00:00', '2026-11-16 09:00:00', 'one', 1, '', '1.2', '2026-11-16 09:00:00', true, '{"headline": "x"}');
INSERT INTO public.slots VALUES (2, 1, '2026-11-23', '09:00', '2026-11-23 09:00:00', 'claimed', '2026-11-23 09:00:00', '2026-11-23 09:00:00', 'one', 1, '', '', NULL, false, '');
INSERT INTO public.step_findings VALUES (1, 'T1', 'C1', 'top30 attributed', 'a-finding', 'https://x.slack.com/1', '2026-11-23 09:00:00');
INSERT INTO public.subscriptions VALUES (1, 'T1', 'C1', 0, '09:00', 'Europe/Berlin', 'top', false, 'U1', '2026-11-16 09:00:00', '2026-11-16 09:00:00', 'active', '', '', 0, '', '', '', '');
INSERT INTO public.top_lists VALUES (1, 'downloads', '', '', '2026-11-23 09:00:00', 30, true, '1', '{"producer": "Hugging Face Hub", "title": "model listing", "address": "https://huggingface.co/api/models", "accessed": "2026-11-23T09:00:00Z", "revision": null, "licence": null}', '\x789c8bae56ca4c51b252ca2f4ad74fca2fc950d2514ac92fcfcbc94f4c298e3736004a99ea289524a6172b59452b155496e4172583d494a429c5ea28a565e6a482254ad2e273f3535273f4324c8192506550a1a4cc3ca5d85a1d247bf2f35231ad31c6b406c906840187b7e9bf5db057a93616004f233eac');
SELECT pg_catalog.setval('public.alert_channels_id_seq', 1, true);
SELECT pg_catalog.setval('public.alert_slots_id_seq', 1, true);
SELECT pg_catalog.setval('public.alerts_id_seq', 1, true);
SELECT pg_catalog.setval('public.forgotten_id_seq', 1, false);
SELECT pg_catalog.setval('public.installations_id_seq', 1, true);
SELECT pg_catalog.setval('public.marks_id_seq', 1, true);
SELECT pg_catalog.setval('public.open_questions_id_seq', 1, true);
SELECT pg_catalog.setval('public.posted_answers_id_seq', 1, true);
SELECT pg_catalog.setval('public.preview_settings_id_seq', 1, true);
SELECT pg_catalog.setval('public.readings_id_seq', 1, true);
SELECT pg_catalog.setval('public.slots_id_seq', 2, true);
SELECT pg_catalog.setval('public.step_findings_id_seq', 1, true);
SELECT pg_catalog.setval('public.subscriptions_id_seq', 1, true);
SELECT pg_catalog.setval('public.top_lists_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.alert_channels
    ADD CONSTRAINT alert_channels_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alert_channels
    ADD CONSTRAINT alert_channels_team_channel_key UNIQUE (team, channel);
ALTER TABLE ONLY public.alert_slots
    ADD CONSTRAINT alert_slots_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alert_slots
    ADD CONSTRAINT alert_slots_subscription_day_at_key UNIQUE (subscription, day, at);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_subscription_number_key UNIQUE (subscription, number);
ALTER TABLE ONLY public.forgotten
    ADD CONSTRAINT forgotten_home_key UNIQUE (home);
ALTER TABLE ONLY public.forgotten
    ADD CONSTRAINT forgotten_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_team_key UNIQUE (team);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_mark_key UNIQUE (mark);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.open_questions
    ADD CONSTRAINT open_questions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.open_questions
    ADD CONSTRAINT open_questions_team_mark_key UNIQUE (team, mark);
ALTER TABLE ONLY public.posted_answers
    ADD CONSTRAINT posted_answers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.preview_settings
    ADD CONSTRAINT preview_settings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.preview_settings
    ADD CONSTRAINT preview_settings_team_channel_key UNIQUE (team, channel);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_kind_key_as_of_method_key UNIQUE (kind, key, as_of, method);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.slots
    ADD CONSTRAINT slots_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.slots
    ADD CONSTRAINT slots_subscription_day_at_key UNIQUE (subscription, day, at);
ALTER TABLE ONLY public.step_findings
    ADD CONSTRAINT step_findings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.step_findings
    ADD CONSTRAINT step_findings_team_channel_question_key UNIQUE (team, channel, question);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_team_channel_name_key_key UNIQUE (team, channel, name_key);
ALTER TABLE ONLY public.top_lists
    ADD CONSTRAINT top_lists_by_task_author_as_of_key UNIQUE (by, task, author, as_of);
ALTER TABLE ONLY public.top_lists
    ADD CONSTRAINT top_lists_pkey PRIMARY KEY (id);
CREATE INDEX ix_alert_slots_day ON public.alert_slots USING btree (day);
CREATE INDEX ix_alert_slots_state ON public.alert_slots USING btree (state);
CREATE INDEX ix_alert_slots_subscription ON public.alert_slots USING btree (subscription);
CREATE INDEX ix_alerts_subscription ON public.alerts USING btree (subscription);
CREATE INDEX ix_posted_answers_channel ON public.posted_answers USING btree (channel);
CREATE INDEX ix_slots_day ON public.slots USING btree (day);
CREATE INDEX ix_slots_state ON public.slots USING btree (state);
CREATE INDEX ix_slots_subscription ON public.slots USING btree (subscription);
ALTER TABLE ONLY public.alert_slots
    ADD CONSTRAINT alert_slots_subscription_fkey FOREIGN KEY (subscription) REFERENCES public.alert_channels(id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_subscription_fkey FOREIGN KEY (subscription) REFERENCES public.alert_channels(id);
ALTER TABLE ONLY public.slots
    ADD CONSTRAINT slots_subscription_fkey FOREIGN KEY (subscription) REFERENCES public.subscriptions(id);

